import { Chart, CLOCK_STEPS, line, UPLOT_STYLE } from './chart.js';
import { el, KeyedRows, select, setHidden, setText, type Row } from './dom.js';
import { elapsed, threeDigits } from './format.js';
import { link } from './link.js';
import { ascending, bandOf, gridFor, resampled, type Curve } from './overlay-band.js';
import type { CastEntry } from './shapes.js';
import { store, type PageState } from './store.js';
import { SwElement } from './sw-element.js';
import { colour } from './theme.js';

const STYLE = `${UPLOT_STYLE}
.casts { display: flex; flex-wrap: wrap; gap: 2px 14px; font-size: 13px; } .casts label { display: inline-flex; align-items: center; gap: 5px; }
`;
type Axis = 'time' | 'metres';
const STEP: Readonly<Record<Axis, number>> = { time: 5, metres: 0.1 };
const METRE_STEPS: readonly number[] = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
const LONGEST_GAP: Readonly<Record<Axis, number>> = { time: 30, metres: 1 };

interface PastCast {
  readonly elapsed: readonly number[];
  readonly positions: readonly (number | null)[];
  readonly values: readonly (number | null)[];
}

/** The cast of the chosen strand over the median and the 5-95 % band of past casts of its grade. */
export class SwOverlay extends SwElement {
  private sensor = 'mold_level';
  private axis: Axis = 'time';
  private unit = '';
  private readonly left = new Set<string>();
  private readonly past = new Map<string, PastCast | 'asked'>();
  private readonly place = el('div', { class: 'chart', attributes: { role: 'img' } });
  private readonly note = el('span', { class: 'muted small', attributes: { role: 'status' } });
  private readonly casts = el('div', { class: 'casts' });
  private readonly castRows = new KeyedRows<CastEntry>(
    this.casts,
    ({ id }) => id,
    (cast) => this.castRow(cast),
  );
  private readonly sensors = select('Sensor', [], (name) => {
    this.sensor = name;
    store.changed();
  });
  private readonly chart = new Chart(this.place, () => ({
    series: [
      { ...line('muted', 0.5), label: '95 %' },
      { ...line('muted', 0.5), label: '5 %' },
      { ...line('muted', 1.5, [6, 4]), label: 'median' },
      { ...line('data', 2.4), label: 'this cast' },
    ],
    bands: [{ series: [1, 2], fill: colour('band') }],
    yText: (value) => `${Number(value.toPrecision(6))} ${this.unit}`.trim(),
    ...(this.axis === 'time' ? { xSteps: CLOCK_STEPS } : { xSteps: METRE_STEPS }),
    xText: (value) => (this.axis === 'time' ? elapsed(value) : `${threeDigits(value)} m`),
  }));

  constructor() {
    super(STYLE);
  }

  protected build(): void {
    const axis = select(
      'Aligned on',
      [
        ['time', 'by cast time'],
        ['metres', 'by metres of strand'],
      ],
      (value) => {
        this.axis = value as Axis;
        this.chart.renew();
        store.changed();
      },
    );
    const key = el('span', {
      class: 'muted small',
      text: 'line: this cast · dashed: median · shaded: 5 to 95 %',
    });
    this.panel.append(
      this.heading('This cast over past ones of its grade', this.sensors, axis, this.note, key),
      this.casts,
      this.place,
    );
  }

  protected show({ casts, strands, selected, trends, settings }: PageState): void {
    this.showSensors(settings);
    const strand = strands.find((one) => one.strand === selected);
    const grade = strand?.grade ?? null;
    const alike = casts.filter(
      (cast) => grade !== null && cast.grade === grade && cast.id !== strand?.castId,
    );
    this.castRows.show(alike);
    const chosen = alike.filter(({ id }) => !this.left.has(id));
    for (const { id } of chosen) void this.read(id);
    const index = trends?.sensors.indexOf(this.sensor) ?? -1;
    setHidden(this.place, trends === null || index < 0);
    if (trends === null || index < 0) return setText(this.note, 'no reading yet');
    this.unit = settings?.sensors.find(({ name }) => name === this.sensor)?.unit ?? '';
    const curves = chosen.flatMap(({ id }) => {
      const past = this.past.get(`${id} ${this.sensor}`);
      return past === undefined || past === 'asked'
        ? []
        : [this.curve(past.elapsed, past.positions, past.values)];
    });
    const current = this.curve(trends.elapsed, trends.positions, trends.values[index] ?? []);
    const grid = gridFor([...curves, current], STEP[this.axis]);
    const gap = LONGEST_GAP[this.axis];
    const band = bandOf(
      curves.map((one) => resampled(one, grid, gap)),
      grid.length,
    );
    const count = `${curves.length} past ${curves.length === 1 ? 'cast' : 'casts'}${grade === null ? '' : ` of ${grade}`}`;
    setText(this.note, `${count}${curves.length < 3 ? '; a band takes three' : ''} · ${this.unit}`);
    this.place.setAttribute('aria-label', `${this.sensor} in ${this.unit} of this cast over ${count}`);
    if (grid.length > 1)
      this.chart.show([grid, band.high, band.low, band.median, resampled(current, grid, gap)]);
  }

  private curve(
    seconds: readonly number[],
    metres: readonly (number | null)[],
    values: readonly (number | null)[],
  ): Curve {
    return ascending(this.axis === 'time' ? seconds : metres, values);
  }

  private async read(cast: string): Promise<void> {
    const key = `${cast} ${this.sensor}`;
    if (this.past.has(key)) return;
    this.past.set(key, 'asked');
    const { ok, result } = await link.ask('replay', 'read-cast', { cast, sensor: this.sensor });
    if (ok) this.past.set(key, result as PastCast);
    store.changed();
  }

  private showSensors(settings: PageState['settings']): void {
    if (settings === null || this.sensors.options.length === settings.sensors.length) return;
    this.sensors.replaceChildren(
      ...settings.sensors.map(({ name, label = name }) =>
        el('option', { text: label, attributes: { value: name } }),
      ),
    );
    this.sensor = settings.sensors.some(({ name }) => name === this.sensor)
      ? this.sensor
      : (settings.sensors[0]?.name ?? '');
    this.sensors.value = this.sensor;
  }

  private castRow({ id, title }: CastEntry): Row<CastEntry> {
    const box = el('input', { attributes: { type: 'checkbox' } });
    box.checked = !this.left.has(id);
    box.addEventListener('change', () => {
      if (box.checked) this.left.delete(id);
      else this.left.add(id);
      store.changed();
    });
    return { element: el('label', {}, box, el('span', { text: title ?? id })), show: () => undefined };
  }
}
