import { el, KeyedRows, setClass, setText, type Row } from './dom.js';
import { elapsed, percent, quantity } from './format.js';
import { levelOf, SHAPES } from './levels.js';
import type { PageState } from './store.js';
import { SwElement } from './sw-element.js';

const STYLE = `
.panel { flex-direction: row; flex-wrap: wrap; align-items: center; gap: 4px 22px; padding: 6px 12px; }
.title { font-size: 22px; font-weight: 600; } .risk { font-size: 40px; font-weight: 700; line-height: 1; min-width: 4.2em; }
.fact { display: inline-block; } .fact span { display: block; font-size: 12px; color: var(--sw-muted); } .fact b { font-weight: 600; }
.chips { display: flex; flex-wrap: wrap; gap: 4px; flex: 1; justify-content: flex-end; }
`;

interface Chip {
  readonly text: string;
  readonly title: string;
  readonly level: 'warning' | 'critical' | 'muted';
}

/** The chosen strand in one line: risk, cast, heat, grade, what the caster is doing, and what is wrong with its sensors. */
export class SwCast extends SwElement {
  private readonly name = el('span', { class: 'title cut' });
  private readonly risk = el('span', { attributes: { role: 'status' } });
  private readonly facts = el('span', { class: 'head' });
  private readonly chips = el('span', { class: 'chips' });
  private readonly factRows = new KeyedRows<readonly [string, string]>(this.facts, ([name]) => name, factRow);
  private readonly chipRows = new KeyedRows<Chip>(this.chips, ({ text }) => text, chipRow);

  constructor() {
    super(STYLE);
  }

  protected build(): void {
    this.panel.setAttribute('aria-label', 'Chosen strand');
    this.panel.append(this.name, this.risk, this.facts, this.chips);
  }

  protected show({ strands, selected, settings }: PageState): void {
    const strand = strands.find((one) => one.strand === selected);
    if (strand === undefined) return setText(this.name, 'No strand yet');
    setText(this.name, `Strand ${strand.strand}`);
    const level = levelOf(strand.risk, settings?.alerts.thresholds ?? { warning: 1, critical: 1 });
    setClass(this.risk, `risk ${level}`);
    setText(this.risk, `${SHAPES[level]} ${percent(strand.risk)}`);
    this.risk.setAttribute('aria-label', `Defect risk ${percent(strand.risk)}, ${level}`);
    this.factRows.show([
      ['cast', strand.castId],
      ['heat', strand.heat ?? '–'],
      ['grade', strand.grade ?? '–'],
      ['mold', strand.mold ?? '–'],
      ['elapsed', elapsed(strand.elapsed)],
      ['cast length', quantity(strand.positionM, 1, 'm')],
      ['confidence', percent(strand.confidence)],
    ]);
    const { bad, uncertain } = strand.sensors;
    const chips: Chip[] = strand.process.map(({ state, text }) => ({
      text: state.replaceAll('-', ' '),
      title: text,
      level: 'muted',
    }));
    if (bad > 0) chips.push({ text: `◆ ${bad} bad`, title: 'Sensors with bad quality', level: 'critical' });
    if (uncertain > 0)
      chips.push({
        text: `▲ ${uncertain} uncertain`,
        title: 'Sensors of uncertain quality',
        level: 'warning',
      });
    if (strand.fallback)
      chips.push({ text: '◆ rules only', title: 'No model could speak', level: 'critical' });
    else if (strand.risk === null)
      chips.push({ text: '○ no model speaks', title: 'Nobody could tell the risk', level: 'critical' });
    else if (strand.degraded)
      chips.push({
        text: '▲ one model silent',
        title: 'A model that should speak does not',
        level: 'warning',
      });
    this.chipRows.show(chips);
  }
}

function factRow(): Row<readonly [string, string]> {
  const label = el('span');
  const value = el('b');
  return {
    element: el('span', { class: 'fact' }, label, value),
    show([name, text]) {
      setText(label, name);
      setText(value, text);
    },
  };
}

function chipRow(): Row<Chip> {
  const element = el('span');
  return {
    element,
    show({ text, title, level }) {
      setClass(element, `chip ${level}`);
      setText(element, text);
      element.title = title;
    },
  };
}
