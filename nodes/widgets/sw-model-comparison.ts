import { Chart, limitLines, line, mark, UPLOT_STYLE } from './chart.js';
import { withHoles } from './chart-gaps.js';
import { el, KeyedRows, setText, type Row } from './dom.js';
import { castClock, percent } from './format.js';
import { SHAPES } from './levels.js';
import { compared, trueOnsets, type Comparison } from './model-comparison.js';
import type { PageState } from './store.js';
import { SwElement } from './sw-element.js';
import { colour } from './theme.js';

const STYLE = `${UPLOT_STYLE}
.both { flex: 1; min-height: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 8px; }
.model { display: flex; flex-direction: column; min-height: 170px; min-width: 0; }
`;
const MODELS = ['baseline', 'sequence'] as const;

/** Baseline and sequence model side by side: curves, when each first spoke up, and how far they agree. */
export class SwModelComparison extends SwElement {
  private readonly body = el('tbody');
  private readonly rows = new KeyedRows<Comparison>(this.body, ({ figure }) => figure, comparisonRow);
  private readonly agreement = el('b');
  private warning = 1;
  private onsets: readonly number[] = [];
  private readonly charts = MODELS.map((model) => {
    const place = el('div', {
      class: 'chart',
      attributes: { role: 'img', 'aria-label': `Risk by the ${model} model` },
    });
    const chart = new Chart(place, () => ({
      series: [line(model, 2)],
      scales: { y: { range: [0, 1] } },
      yText: percent,
      hasLimits: true,
      over: (drawn) => {
        const style = { style: colour('warning'), shape: SHAPES.warning, name: 'warning' };
        limitLines(drawn, [{ ...style, at: this.warning, figure: percent(this.warning) }]);
        for (const onset of this.onsets) mark(drawn, onset, colour('text'), '▼');
      },
    }));
    const stroke = el('i');
    stroke.style.color = `var(--sw-${model})`;
    const name = el('div', { class: 'key' }, el('span', {}, stroke, document.createTextNode(model)));
    return { model, element: el('div', { class: 'model' }, name, place), chart };
  });

  constructor() {
    super(STYLE);
  }

  protected build(): void {
    const head = el('tr', {}, ...['figure', ...MODELS].map((text) => el('th', { text })));
    const key = el(
      'span',
      { class: 'muted small' },
      document.createTextNode('▼ true begin · agreement '),
      this.agreement,
    );
    this.panel.append(
      this.heading('Baseline and sequence model', key),
      el('div', { class: 'both' }, ...this.charts.map(({ element }) => element)),
      el('table', {}, el('thead', {}, head), this.body),
    );
  }

  protected show(state: PageState): void {
    const { risk, settings, latest } = state;
    this.warning = settings?.alerts.thresholds.warning ?? 1;
    this.onsets = trueOnsets(state);
    setText(this.agreement, percent(latest?.agreement));
    if (risk === null || risk.times.length === 0) return;
    for (const { model, chart } of this.charts) {
      const [times, curves] = withHoles(risk.times, [risk[model]]);
      chart.show([times, ...curves]);
    }
    this.rows.show(compared(risk, this.warning, this.onsets, castClock));
  }
}

function comparisonRow({ figure }: Comparison): Row<Comparison> {
  const cells = MODELS.map(() => el('td'));
  return {
    element: el('tr', {}, el('td', { text: figure }), ...cells),
    show: (row) => MODELS.forEach((model, index) => setText(cells[index]!, row[model])),
  };
}
