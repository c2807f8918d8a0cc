import type { AlarmRecord } from '../lib/alarm.js';
import { button, el, KeyedRows, setClass, setHidden, setText, type Row } from './dom.js';
import { attentionBars, reasonsOfAlarm, reasonsOfNow, type Reason } from './reasons.js';
import { store, type PageState } from './store.js';
import { silentModels } from './strand-signs.js';
import { SwElement } from './sw-element.js';
import { colour } from './theme.js';

const STYLE = `
ol { list-style: none; margin: 4px 0 0; padding: 0; display: grid; gap: 8px; }
.bar { height: 7px; border-radius: 3px; background: var(--sw-grid); position: relative; margin-top: 2px; }
.bar i { position: absolute; inset: 0 auto 0 0; border-radius: 3px; background: var(--sw-data); }
li:not(.raises) .bar i { background: none; box-shadow: inset 0 0 0 2px var(--sw-data); } .what { font-weight: 600; } .silent { white-space: pre-line; font-weight: 600; } .wrap { overflow-wrap: anywhere; }
canvas { width: 100%; height: 56px; display: block; background: var(--sw-field); border-radius: 3px; } .window { margin-top: 8px; }
`;

/** Why the risk is what it is: reasons of the selected alarm, else of the present; and where the sequence model looked. */
export class SwExplanation extends SwElement {
  private readonly about = el('div', { class: 'small wrap' });
  private readonly silent = el('div', { class: 'small wrap silent' });
  private readonly toNow = button('Show the present', () => store.selectAlarm(null));
  private readonly list = el('ol');
  private readonly rows = new KeyedRows<Reason>(this.list, ({ key }) => key, reasonRow);
  private readonly empty = el('div', { class: 'empty' });
  private readonly canvas = el('canvas', { attributes: { role: 'img' } });
  private readonly begin = el('span');
  private readonly window = el('div', { class: 'window' });

  constructor() {
    super(STYLE);
  }

  protected build(): void {
    const ends = el('div', { class: 'row muted small' }, this.begin, el('span', { text: 'now' }));
    this.window.append(el('h2', { text: 'Where the sequence model looked' }), this.canvas, ends);
    const scroll = el(
      'div',
      { class: 'scroll', attributes: { tabindex: '0', 'aria-label': 'Reasons' } },
      this.about,
      this.silent,
      this.list,
      this.empty,
    );
    this.panel.append(this.heading('Why', el('span', { class: 'grow' }), this.toNow), scroll, this.window);
  }

  protected show(state: PageState): void {
    const alarm = chosenAlarm(state);
    setHidden(this.toNow, alarm === null);
    setText(
      this.about,
      alarm === null
        ? `Strand ${state.strand ?? '–'}, now: what raises (▲) or lowers (▽) the risk`
        : alarm.message,
    );
    const silent = alarm === null ? silentModels(state) : [];
    setText(this.silent, silent.map(({ model, reason }) => `✕ ${model} model silent: ${reason}`).join('\n'));
    const reasons = alarm === null ? reasonsOfNow(state) : reasonsOfAlarm(alarm);
    this.rows.show(reasons);
    setHidden(this.empty, reasons.length > 0);
    setText(
      this.empty,
      alarm === null
        ? 'No reasons: models explain themselves once the risk is worth it.'
        : 'No model explained this alarm.',
    );
    this.showAttention(alarm === null ? state : null);
  }

  private showAttention(state: PageState | null): void {
    const { weights = [], partS = 0 } = state?.latest?.sequence?.attention ?? {};
    setHidden(this.window, weights.length === 0);
    if (weights.length === 0) return;
    const seconds = weights.length * partS;
    setText(this.begin, `${seconds} s ago`);
    const bars = attentionBars(weights);
    const peak = seconds - (bars.indexOf(Math.max(...bars)) / bars.length) * seconds;
    this.canvas.setAttribute(
      'aria-label',
      `Attention over the last ${seconds} s, highest ${Math.round(peak)} s ago`,
    );
    drawBars(this.canvas, bars);
  }
}

function chosenAlarm({ alarms, selectedAlarm }: PageState): AlarmRecord | null {
  return [...alarms.open, ...alarms.over].find(({ id }) => id === selectedAlarm) ?? null;
}

function drawBars(canvas: HTMLCanvasElement, heights: readonly number[]): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width < 10) return;
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  const pen = canvas.getContext('2d')!;
  pen.scale(devicePixelRatio, devicePixelRatio);
  pen.fillStyle = colour('sequence');
  const step = width / heights.length;
  heights.forEach((share, index) => {
    const tall = share * (height - 3);
    pen.fillRect(index * step, height - tall, Math.max(1, step - 0.5), tall);
  });
}

function reasonRow(): Row<Reason> {
  const what = el('div', { class: 'what wrap' });
  const more = el('div', { class: 'small muted wrap' });
  const bar = el('i');
  const element = el('li', {}, what, more, el('div', { class: 'bar' }, bar));
  return {
    element,
    show(reason) {
      setClass(element, reason.raises ? 'raises' : '');
      setText(what, `${reason.raises ? '▲' : '▽'} ${reason.what}`);
      setText(more, reason.more);
      setHidden(more, reason.more === '');
      bar.style.width = `${Math.round(100 * reason.share)}%`;
      element.title = `share of the log-odds: ${reason.contribution.toFixed(2)}`;
    },
  };
}
