import type { SettingsContent } from '../lib/dashboard.js';
import { el, KeyedRows, setClass, setHidden, setText, type Row } from './dom.js';
import { castClock, digitsFor, quantity } from './format.js';
import { drawSpark, type Spark } from './sparkline.js';
import type { PageState } from './store.js';
import { SwElement } from './sw-element.js';

const STYLE = `
.tiles { display: grid; gap: 6px; grid-template-columns: repeat(auto-fill, minmax(148px, 1fr)); grid-auto-rows: minmax(84px, 1fr); min-height: 100%; }
.tile { background: var(--sw-field); border: 1px solid transparent; border-radius: 4px; padding: 3px 8px 2px; display: flex; flex-direction: column; min-width: 0; }
.tile.bad { border-color: var(--sw-critical); } .tile.uncertain { border-color: var(--sw-warning); }
.value { font-weight: 600; font-size: 17px; white-space: nowrap; } canvas { width: 100%; height: 0; flex: 1 1 auto; min-height: 34px; display: block; }
.label { font-size: 12px; line-height: 1.15; overflow-wrap: anywhere; color: var(--sw-muted); }
.outside { color: var(--sw-warning); } .unit { font-weight: 400; font-size: 13px; color: var(--sw-muted); }
`;

interface Tile extends Spark {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly value: string;
  readonly quality: Spark['quality'];
  readonly words: string;
  readonly isOutside: boolean;
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
      text: 'shaded: usual band · short mark: uncertain · long mark: bad',
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
    const minutes = Math.round(settings.history / 60);
    setText(this.clock, `cast time ${castClock(to)} UTC · last ${minutes} min`);
    const span = [to - 1000 * settings.history, to] as const;
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
    isOutside: band !== null && value !== null && (value < band[0] || value > band[1]),
    times: trends.times,
    values: trends.values[index] ?? [],
    quality: trends.quality[index] ?? [],
    band,
    span,
  };
}

function tileRow(): Row<Tile> {
  const label = el('span', { class: 'label' });
  const words = el('span', { class: 'small' });
  const value = el('span');
  const unit = el('span', { class: 'unit' });
  const canvas = el('canvas', { attributes: { 'aria-hidden': 'true' } });
  const element = el(
    'div',
    {},
    el('span', { class: 'row' }, label, words),
    el('span', {}, value, document.createTextNode(' '), unit),
    canvas,
  );
  return {
    element,
    show(tile) {
      const [quality] = tile.words.split(':');
      setClass(element, `tile ${quality}`);
      setText(label, tile.label);
      label.title = tile.label;
      setText(words, quality === 'good' ? '' : `${quality === 'bad' ? '◆' : '▲'} ${tile.words}`);
      setClass(words, `small cut ${quality === 'bad' ? 'critical' : 'warning'}`);
      setClass(value, tile.isOutside ? 'value outside' : 'value');
      setText(value, tile.isOutside ? `${tile.value} !` : tile.value);
      value.title = tile.isOutside ? 'outside its usual band' : '';
      setText(unit, tile.unit);
      drawSpark(canvas, tile);
    },
  };
}
