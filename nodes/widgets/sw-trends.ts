import type { SettingsContent } from '../lib/dashboard.js';
import { el, KeyedRows, setClass, setHidden, setText, type Row } from './dom.js';
import { age, castClock, digitsFor, quantity } from './format.js';
import { drawSpark, type Spark } from './sparkline.js';
import type { PageState } from './store.js';
import { SwElement } from './sw-element.js';

const STYLE = `
.tiles { display: grid; gap: 6px; grid-template-columns: repeat(auto-fill, minmax(148px, 1fr)); grid-auto-rows: minmax(96px, 1fr); min-height: 100%; }
.tile { background: var(--sw-field); border: 1px solid transparent; border-radius: 4px; padding: 3px 8px 2px; display: flex; flex-direction: column; min-width: 0; }
.tile.bad, .tile.uncertain { border-color: var(--sw-quality); } .tile.uncertain { border-style: dashed; }
.value { font-weight: 600; font-size: 22px; line-height: 1.2; white-space: nowrap; } canvas { width: 100%; height: 0; flex: 1 1 auto; min-height: 34px; display: block; }
.label { font-size: 13px; line-height: 1.2; overflow-wrap: anywhere; color: var(--sw-muted); }
.words { color: var(--sw-quality); font-weight: 600; } .words:empty { display: none; } .unit { font-size: 13px; color: var(--sw-muted); }
`;

/** Early in a cast the trend fills its place, but a minute isn't blown up to look like a story. */
const SHORTEST_SPAN_MS = 300_000;

interface Tile extends Spark {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly value: string;
  readonly quality: Spark['quality'];
  readonly words: string;
  /** Against its usual band. */
  readonly side: 'above' | 'below' | null;
}

/** Every sensor of the chosen strand: value, unit, trend over the charted time, usual band, quality. */
export class SwTrends extends SwElement {
  private readonly tiles = el('div', { class: 'tiles' });
  private readonly empty = el('div', { class: 'empty', text: 'No reading yet.' });
  private readonly clock = el('span', { class: 'muted small' });
  private readonly rows = new KeyedRows<Tile>(this.tiles, ({ name }) => name, tileRow);

  constructor() {
    super(STYLE);
  }

  protected build(): void {
    const key = el('span', {
      class: 'muted small',
      text: 'shaded: usual band · ↑ ↓ outside it · marks at the bottom: low uncertain, high bad',
    });
    const scroll = el(
      'div',
      { class: 'scroll', attributes: { tabindex: '0', 'aria-label': 'Sensor trends' } },
      this.tiles,
      this.empty,
    );
    this.panel.append(this.heading('Sensors', this.clock, key), scroll);
  }

  protected show({ trends, settings }: PageState): void {
    setHidden(this.empty, trends !== null);
    if (trends === null || settings === null) return this.rows.show([]);
    const to = trends.latest.timestamp;
    const known = Math.max(to - (trends.times[0] ?? to), SHORTEST_SPAN_MS);
    const span = [to - Math.min(known, 1000 * settings.history), to] as const;
    setText(this.clock, `cast time ${castClock(to)} UTC · last ${age(to - span[0])}`);
    this.rows.show(trends.sensors.map((name, index) => tileOf(name, index, { trends, settings, span })));
  }
}

function tileOf(
  name: string,
  index: number,
  {
    trends,
    settings,
    span,
  }: {
    readonly trends: NonNullable<PageState['trends']>;
    readonly settings: SettingsContent;
    readonly span: readonly [number, number];
  },
): Tile {
  const sensor = settings.sensors.find((one) => one.name === name);
  const band = sensor?.normal ?? null;
  const value = trends.latest.values[index] ?? null;
  return {
    name,
    label: sensor?.label ?? name,
    unit: sensor?.unit ?? '',
    value: quantity(value, digitsFor(band ?? sensor?.range ?? [0, 100])),
    words: (trends.latest.quality[name] ?? 'good').replace('.', ': '),
    side: band === null || value === null ? null : sideOf(value, band),
    times: trends.times,
    values: trends.values[index] ?? [],
    quality: trends.quality[index] ?? [],
    band,
    span,
  };
}

const sideOf = (value: number, [low, high]: readonly [number, number]): Tile['side'] =>
  value < low ? 'below' : value > high ? 'above' : null;

function tileRow(): Row<Tile> {
  const label = el('span', { class: 'label' });
  const words = el('span', { class: 'small words' });
  const value = el('span', { class: 'value' });
  const unit = el('span', { class: 'unit' });
  const canvas = el('canvas', { attributes: { 'aria-hidden': 'true' } });
  const element = el(
    'div',
    {},
    el('span', {}, value, document.createTextNode(' '), unit),
    label,
    words,
    canvas,
  );
  return {
    element,
    show(tile) {
      const [quality] = tile.words.split(':');
      setClass(element, `tile ${quality}`);
      setText(label, tile.label);
      label.title = tile.label;
      setText(words, quality === 'good' ? '' : `${quality === 'bad' ? '✕' : '?'} ${tile.words}`);
      setText(value, tile.side === null ? tile.value : `${tile.side === 'above' ? '↑' : '↓'}${tile.value}`);
      value.title = tile.side === null ? '' : `${tile.side} its usual band`;
      setText(unit, tile.unit);
      drawSpark(canvas, tile);
    },
  };
}
