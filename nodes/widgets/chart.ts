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
  /** Distances that the texts along the bottom may have; default: round times, in ms. */
  readonly xSteps?: readonly number[];
  /** Room at the right side for the names of limits. */
  readonly hasLimits?: boolean;
  /** Drawn under, and over, the curves. */
  readonly under?: (chart: uPlot) => void;
  readonly over?: (chart: uPlot) => void;
  readonly bands?: uPlot.Band[];
}

/** Steps of a clock, s. */
export const CLOCK_STEPS: readonly number[] = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400,
];
/** Below this width, px, limits are told by shape and figure alone. */
const NARROW = 560;

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
    const {
      series,
      scales = {},
      yText,
      xText = castClock,
      xSteps,
      under,
      over,
      bands = [],
      hasLimits,
    } = this.options();
    const incrs = [...(xSteps ?? CLOCK_STEPS.map((seconds) => 1000 * seconds))];
    const axis: uPlot.Axis = {
      stroke: colour('muted'),
      grid: { stroke: colour('grid'), width: 1 },
      ticks: { stroke: colour('grid'), width: 1 },
      font: '13px system-ui, sans-serif',
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
        padding: [20, hasLimits === true ? gutter : 12, 0, 0],
        ms: 1,
        scales: { x: { time: false }, ...scales },
        axes: [
          { ...axis, space: 90, size: 28, incrs, values: (_chart, ticks) => ticks.map(xText) },
          { ...axis, size: widthOf, values: (_chart, ticks) => ticks.map(yText) },
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

/** Room for the names of limits, px. */
const gutter = (chart: uPlot): number => (chart.width < NARROW ? 70 : 132);

/** Room for the longest text along the left side, px. */
const widthOf = (_chart: uPlot, texts: string[] | null): number =>
  24 + 8 * Math.max(3, ...(texts ?? []).map(({ length }) => length));

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

export interface LimitMark {
  readonly at: number;
  readonly style: string;
  readonly shape: string;
  readonly name: string;
  readonly figure: string;
}

/** Dashed lines across, with their names to the right of the curves, where nothing crosses them. */
export function limitLines(chart: uPlot, limits: readonly LimitMark[]): void {
  const { ctx, bbox, width } = chart;
  const px = devicePixelRatio;
  const right = bbox.left + bbox.width;
  let lowest = Infinity;
  ctx.save();
  ctx.font = `600 ${13 * px}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.lineWidth = 1.5 * px;
  for (const { at, style, shape, name, figure } of limits.toSorted((one, other) => one.at - other.at)) {
    const y = Math.round(chart.valToPos(at, 'y', true)) + 0.5;
    ctx.strokeStyle = ctx.fillStyle = style;
    ctx.setLineDash([8 * px, 5 * px]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(right, y);
    ctx.stroke();
    // Limits that lie close together are named one above the other.
    lowest = Math.min(y, lowest - 16 * px);
    ctx.fillText(
      width < NARROW ? `${shape} ${figure}` : `${shape} ${name} ${figure}`,
      right + 6 * px,
      lowest,
    );
  }
  ctx.restore();
}

/** A vertical line with a shape above the curves. */
export function mark(chart: uPlot, at: number, style: string, shape: string): void {
  const { ctx, bbox } = chart;
  const px = devicePixelRatio;
  const x = Math.round(chart.valToPos(at, 'x', true)) + 0.5;
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = style;
  ctx.lineWidth = 1.5 * px;
  ctx.setLineDash([3 * px, 3 * px]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `${15 * px}px system-ui, sans-serif`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  ctx.fillText(shape, x, bbox.top);
  ctx.restore();
}
