/** uPlot inside a widget: takes the panel's size, the theme's colours, and cast time or seconds along the bottom. */
import uPlot from 'uplot';
import { castClock } from './format.js';
import { colour, isDark } from './theme.js';

export { default as UPLOT_STYLE } from 'uplot/dist/uPlot.min.css';

export interface ChartOptions {
  readonly series: readonly uPlot.Series[];
  readonly scales?: uPlot.Scales;
  /** Texts along the left side. */
  readonly yText: (value: number) => string;
  /** Texts along the bottom; default: time of day of the cast, UTC, of ms. */
  readonly xText?: (value: number) => string;
  /** Drawn under, and over, the curves. */
  readonly under?: (chart: uPlot) => void;
  readonly over?: (chart: uPlot) => void;
  readonly bands?: uPlot.Band[];
}

export type ChartData = readonly (readonly (number | null)[])[];

/** A chart that is made anew when the theme changes, for canvases know no style sheets. */
export class Chart {
  private chart: uPlot | null = null;
  private madeDark: boolean | null = null;
  private data: ChartData = [];
  private readonly sizes: ResizeObserver;

  /** @param options are asked for at each making, so that colours are those of the theme in force */
  constructor(
    private readonly place: HTMLElement,
    private readonly options: () => ChartOptions,
  ) {
    this.sizes = new ResizeObserver(() => this.fit());
    this.sizes.observe(place);
  }

  show(data: ChartData): void {
    this.data = data;
    if (this.chart === null || this.madeDark !== isDark()) this.make();
    else this.chart.setData(data as uPlot.AlignedData);
  }

  /** After a change of what `options` gives. */
  renew(): void {
    this.madeDark = null;
  }

  /** What is drawn, as a picture. */
  get canvas(): HTMLCanvasElement | null {
    return this.chart?.ctx.canvas ?? null;
  }

  private make(): void {
    const { width, height } = this.place.getBoundingClientRect();
    if (width < 40 || height < 40 || this.data.length === 0) return;
    this.chart?.destroy();
    this.madeDark = isDark();
    const { series, scales = {}, yText, xText = castClock, under, over, bands = [] } = this.options();
    const axis: uPlot.Axis = {
      stroke: colour('muted'),
      grid: { stroke: colour('grid'), width: 1 },
      ticks: { stroke: colour('grid'), width: 1 },
      font: '12px system-ui, sans-serif',
    };
    const draw: uPlot.Hooks.Arrays = {
      drawClear: under === undefined ? [] : [under],
      draw: over === undefined ? [] : [over],
    };
    this.chart = new uPlot(
      {
        width,
        height,
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, points: { size: 7 } },
        padding: [10, 12, 0, 0],
        ms: 1,
        scales: { x: { time: false }, ...scales },
        axes: [
          { ...axis, space: 90, size: 28, values: (_chart, ticks) => ticks.map(xText) },
          { ...axis, size: 56, values: (_chart, ticks) => ticks.map(yText) },
        ],
        series: [{}, ...series],
        bands,
        hooks: draw,
      },
      this.data as uPlot.AlignedData,
      this.place,
    );
  }

  private fit(): void {
    const { width, height } = this.place.getBoundingClientRect();
    if (this.chart === null) this.make();
    else if (width >= 40 && height >= 40) this.chart.setSize({ width, height });
  }
}

/** A line of a risk, a gap where nobody spoke. */
export const line = (name: string, width: number, dash?: number[]): uPlot.Series => ({
  label: name,
  stroke: colour(name),
  width,
  spanGaps: false,
  points: { show: false },
  ...(dash === undefined ? {} : { dash }),
});

/** Fills between two values over the whole width. */
export function fillBetween(chart: uPlot, from: number, to: number, style: string): void {
  const { ctx, bbox } = chart;
  const top = chart.valToPos(to, 'y', true);
  const bottom = chart.valToPos(from, 'y', true);
  ctx.save();
  ctx.fillStyle = style;
  ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  ctx.restore();
}

/** A dashed line across, with a word on it. */
export function limitLine(
  chart: uPlot,
  at: number,
  style: string,
  text: string,
  side: 'above' | 'below' = 'above',
): void {
  const { ctx, bbox } = chart;
  const y = Math.round(chart.valToPos(at, 'y', true)) + 0.5;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = style;
  ctx.setLineDash([8 * devicePixelRatio, 5 * devicePixelRatio]);
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = side === 'above' ? 'bottom' : 'top';
  const apart = (side === 'above' ? -2 : 3) * devicePixelRatio;
  ctx.fillText(text, bbox.left + 6 * devicePixelRatio, y + apart);
  ctx.restore();
}

/** A vertical line with a shape at its top. */
export function mark(chart: uPlot, at: number, style: string, shape: string): void {
  const { ctx, bbox } = chart;
  const x = Math.round(chart.valToPos(at, 'x', true)) + 0.5;
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = style;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top + 16 * devicePixelRatio);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `${14 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  ctx.fillText(shape, x, bbox.top);
  ctx.restore();
}
