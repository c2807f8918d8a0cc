import type uPlot from 'uplot';
import type { AlarmRecord } from '../lib/alarm.js';
import { Chart, fillBetween, limitLines, line, mark, UPLOT_STYLE } from './chart.js';
import { withHoles } from './chart-gaps.js';
import { el, setHidden, setText } from './dom.js';
import { percent } from './format.js';
import { SHAPES, type Limits } from './levels.js';
import type { PageState } from './store.js';
import { SwElement } from './sw-element.js';
import { colour } from './theme.js';

const LINES = ['ensemble', 'baseline', 'sequence', 'rules'] as const;
const NO_LIMITS: Limits = { warning: 1, critical: 1 };

/** Risk of the chosen strand: ensemble, both models, the rules; both limits as bands; a mark where an alarm was raised. */
export class SwRiskChart extends SwElement {
  private readonly place = el('div', { class: 'chart', attributes: { role: 'img' } });
  private readonly empty = el('div', { class: 'empty', text: 'No risk yet: the models wait for readings.' });
  private readonly figures = new Map<string, HTMLElement>();
  private readonly agreement = el('b');
  private limits = NO_LIMITS;
  private alarms: readonly AlarmRecord[] = [];
  private readonly chart = new Chart(this.place, () => ({
    series: [line('data', 2.6), line('baseline', 1.4), line('sequence', 1.4), line('rules', 1.4, [4, 4])],
    scales: { y: { range: [0, 1] } },
    yText: percent,
    hasLimits: true,
    under: (chart) => this.drawBands(chart),
    over: (chart) => this.drawMarks(chart),
  }));

  constructor() {
    super(`${UPLOT_STYLE} .key .rules { border-top-style: dashed; }`);
  }

  protected build(): void {
    const key = el('div', { class: 'key' });
    for (const name of LINES) {
      const figure = el('b');
      const stroke = el('i', { class: name });
      stroke.style.color = `var(--sw-${name === 'ensemble' ? 'data' : name})`;
      this.figures.set(name, figure);
      key.append(el('span', {}, stroke, document.createTextNode(`${name} `), figure));
    }
    key.append(el('span', {}, document.createTextNode('agreement '), this.agreement));
    this.panel.append(this.heading('Defect risk', key), this.place, this.empty);
  }

  protected show({ risk, latest, settings, alarms, strand }: PageState): void {
    const isEmpty = risk === null || risk.times.length === 0;
    setHidden(this.place, isEmpty);
    setHidden(this.empty, !isEmpty);
    this.limits = settings?.alerts.thresholds ?? NO_LIMITS;
    this.alarms = [...alarms.open, ...alarms.over].filter((alarm) => alarm.strand === strand);
    for (const name of LINES) {
      const spoken =
        name === 'ensemble'
          ? latest?.probability
          : name === 'rules'
            ? latest?.rules?.score
            : latest?.[name]?.probability;
      setText(this.figures.get(name)!, percent(spoken));
    }
    setText(this.agreement, percent(latest?.agreement));
    if (isEmpty) return;
    this.place.setAttribute(
      'aria-label',
      `Defect risk of strand ${strand} over cast time, now ${percent(latest?.probability)}; warning at ${percent(this.limits.warning)}, critical at ${percent(this.limits.critical)}`,
    );
    const [times, curves] = withHoles(risk.times, [risk.ensemble, risk.baseline, risk.sequence, risk.rules]);
    this.chart.show([times, ...curves]);
  }

  private drawBands(chart: uPlot): void {
    const { warning, critical } = this.limits;
    fillBetween(chart, warning, critical, colour('warning-fill'));
    fillBetween(chart, critical, 1, colour('critical-fill'));
  }

  private drawMarks(chart: uPlot): void {
    limitLines(
      chart,
      (['warning', 'critical'] as const).map((level) => ({
        ...{ at: this.limits[level], style: colour(level), shape: SHAPES[level], name: level },
        figure: percent(this.limits[level]),
      })),
    );
    for (const { castTimes, level } of this.alarms)
      if (castTimes.raised !== null) mark(chart, castTimes.raised, colour(level), SHAPES[level]);
  }
}
