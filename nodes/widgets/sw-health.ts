import type { ErrorLine } from '../lib/dashboard.js';
import { el, KeyedRows, setClass, setHidden, setText, type Row } from './dom.js';
import { elapsed, wallClock } from './format.js';
import { SHAPES, type Level } from './levels.js';
import type { Health } from './shapes.js';
import type { PageState } from './store.js';
import { SwElement } from './sw-element.js';

const STYLE = `
.panel { display: grid; gap: 18px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 340px), 1fr)); align-content: start; overflow-y: auto; }
.status { font-size: 30px; font-weight: 600; } td b { font-weight: 600; } .error { background: var(--sw-field); border-left: 5px solid var(--sw-warning); border-radius: 4px; padding: 5px 8px; margin-top: 6px; overflow-wrap: anywhere; }
`;
const LEVELS: Readonly<Record<string, Level>> = {
  healthy: 'normal',
  degraded: 'warning',
  unhealthy: 'critical',
};

const ms = (value: number | null): string => (value === null ? '–' : value.toFixed(value < 10 ? 2 : 0));
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((one, other) => one + other, 0);

type Figure = readonly [name: string, ...values: string[]];

/** How the system does: health with reasons, rates, latency by stage, the last errors. */
export class SwHealth extends SwElement {
  private readonly status = el('div', { attributes: { role: 'status' } });
  private readonly up = el('div', { class: 'muted' });
  private readonly reasons = el('div');
  private readonly figures = el('tbody');
  private readonly stages = el('tbody');
  private readonly errors = el('div');
  private readonly noError = el('div', { class: 'empty', text: 'No error.' });
  private readonly reasonRows = new KeyedRows<{ message: string; status: string }>(
    this.reasons,
    ({ message }) => message,
    reasonRow,
  );
  private readonly figureRows = new KeyedRows<Figure>(this.figures, ([name]) => name, figureRow);
  private readonly stageRows = new KeyedRows<Figure>(this.stages, ([name]) => name, figureRow);
  private readonly errorRows = new KeyedRows<ErrorLine>(
    this.errors,
    ({ at, message }) => `${at} ${message}`,
    errorRow,
  );

  constructor() {
    super(STYLE);
  }

  protected build(): void {
    this.panel.setAttribute('aria-label', 'System');
    const head = (names: readonly string[]) =>
      el('thead', {}, el('tr', {}, ...names.map((text) => el('th', { text }))));
    const stages = el(
      'table',
      {},
      head(['stage', 'median, ms', '95 %, ms', '99 %, ms', 'messages']),
      this.stages,
    );
    this.panel.append(
      el(
        'div',
        {},
        el('h2', { text: 'Health' }),
        this.status,
        this.up,
        this.reasons,
        el('table', {}, this.figures),
      ),
      el('div', {}, el('h2', { text: 'Latency by stage' }), stages),
      el('div', {}, el('h2', { text: 'Errors' }), this.errors, this.noError),
    );
  }

  protected show({ health, errors }: PageState): void {
    this.errorRows.show(errors);
    setHidden(this.noError, errors.length > 0);
    if (health === null) return setText(this.status, 'Nothing measured yet.');
    const level = LEVELS[health.health.status] ?? 'silent';
    setClass(this.status, `status ${level}`);
    setText(this.status, `${SHAPES[level]} ${health.health.status}`);
    setText(this.up, `up ${elapsed(health.process.uptimeS)}`);
    this.reasonRows.show(health.health.reasons);
    this.figureRows.show(figuresOf(health));
    this.stageRows.show(
      Object.entries(health.latency.stages).map(([name, { p50Ms, p95Ms, p99Ms, count }]): Figure => [
        name,
        ms(p50Ms),
        ms(p95Ms),
        ms(p99Ms),
        String(count),
      ]),
    );
  }
}

function figuresOf({ rates, latency, counts, process }: Health): readonly Figure[] {
  return [
    ['readings', `${rates.readingsPerSecond.toFixed(1)} per second`],
    ['predictions', `${rates.predictionsPerSecond.toFixed(1)} per second`],
    ['reading to risk, 99 %', `${ms(latency.untilRisk.p99Ms)} ms`],
    ['reading to alarm, 99 %', `${ms(latency.untilAlarm.p99Ms)} ms`],
    ['event-loop delay, 99 %', `${ms(process.eventLoopDelayMs)} ms`],
    ['memory', `${process.rssMb.toFixed(0)} MB`],
    ['readings since start', String(counts.readings)],
    ['alarms raised', String(sum(counts.alarmsRaised))],
    ['errors', String(sum(counts.errors))],
  ];
}

function figureRow([name, ...values]: Figure): Row<Figure> {
  const cells = values.map(() => el('td'));
  return {
    element: el('tr', {}, el('td', { text: name }), ...cells),
    show: ([, ...texts]) => texts.forEach((text, index) => setText(cells[index]!, text)),
  };
}

function reasonRow(): Row<{ message: string; status: string }> {
  const element = el('div');
  return {
    element,
    show({ message, status }) {
      setClass(element, LEVELS[status] ?? 'silent');
      setText(element, `▲ ${message}`);
    },
  };
}

function errorRow({ at, source, message }: ErrorLine): Row<ErrorLine> {
  const head = el(
    'div',
    { class: 'row' },
    el('b', { text: source }),
    el('span', { class: 'muted small', text: wallClock(at) }),
  );
  return {
    element: el('div', { class: 'error' }, head, el('div', { text: message })),
    show: () => undefined,
  };
}
