import { el, KeyedRows, setClass, setText, type Row } from './dom.js';
import { elapsed, percent, quantity } from './format.js';
import { levelOf, SHAPES } from './levels.js';
import type { PageState } from './store.js';
import { signsOf, silentModels, type Sign } from './strand-signs.js';
import { SwElement } from './sw-element.js';

const STYLE = `
.panel { flex-direction: row; flex-wrap: wrap; align-items: center; gap: 4px 26px; padding: 6px 12px; }
.title { font-size: 26px; font-weight: 600; } .now { display: grid; } .now > .muted { font-size: 14px; min-width: 12em; } .risk { font-size: 44px; font-weight: 700; line-height: 1; }
.fact { display: inline-block; } .fact span { display: block; font-size: 13px; color: var(--sw-muted); } .fact b { font-weight: 600; font-size: 18px; }
.rest { flex: 1; min-width: 0; display: grid; gap: 3px; } .signs { display: flex; flex-wrap: wrap; gap: 4px; min-height: 25px; } .chip { font-size: 14px; }
.chip.fault { background: var(--sw-text); border-color: var(--sw-text); color: var(--sw-panel); font-weight: 600; } .chip.quality { border-color: currentColor; font-weight: 600; }
@media (max-width: 700px) { .rest { flex-basis: 100%; } }
`;

/** The chosen strand in one line: risk, cast, heat, grade, what the caster is doing, and what is wrong with sensors or models. */
export class SwCast extends SwElement {
  private readonly name = el('span', { class: 'title cut' });
  private readonly about = el('span', { class: 'muted' });
  private readonly risk = el('span', { attributes: { role: 'status' } });
  private readonly facts = el('span', { class: 'head' });
  private readonly signs = el('span', { class: 'signs' });
  private readonly factRows = new KeyedRows<readonly [string, string]>(this.facts, ([name]) => name, factRow);
  private readonly signRows = new KeyedRows<Sign>(this.signs, ({ text }) => text, signRow);

  constructor() {
    super(STYLE);
  }

  protected build(): void {
    this.panel.setAttribute('aria-label', 'Chosen strand');
    const now = el('span', { class: 'now' }, this.about, this.risk);
    this.panel.append(this.name, now, el('div', { class: 'rest' }, this.facts, this.signs));
  }

  protected show(state: PageState): void {
    const { strands, selected, settings, strand: detailed } = state;
    const strand = strands.find((one) => one.strand === selected);
    if (strand === undefined) return setText(this.name, 'No strand yet');
    setText(this.name, `Strand ${strand.strand}`);
    const level = levelOf(strand.risk, settings?.alerts.thresholds ?? { warning: 1, critical: 1 });
    setText(this.about, `defect risk${strand.fallback ? ' by rules' : ''} · ${level}`);
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
    this.signRows.show(signsOf(strand, detailed === strand.strand ? silentModels(state) : []));
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

function signRow(): Row<Sign> {
  const element = el('span');
  return {
    element,
    show({ text, title, kind }) {
      setClass(element, `chip ${kind}`);
      setText(element, text);
      element.title = title;
    },
  };
}
