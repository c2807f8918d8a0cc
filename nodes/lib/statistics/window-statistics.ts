import { BlockSums } from './block-sums.js';
import { Ewma } from './ewma.js';
import { RollingCorrelation } from './rolling-correlation.js';
import { RollingEnds } from './rolling-ends.js';
import { EXTREMES, SHAPE, SPREAD, TREND, type SumsKept } from './power-sums.js';
import { RollingMoments } from './rolling-moments.js';
import { RollingOutside } from './rolling-outside.js';
import { RollingQuantiles } from './rolling-quantiles.js';
import { SeriesHistory } from './series-history.js';
import { WindowSums } from './window-sums.js';

/** Percentiles are written `p` and a whole number: `p10`. */
export type Percentile = `p${number}`;

export const STATISTICS = [
  'count',
  'mean',
  'std',
  'var',
  'min',
  'max',
  'range',
  'median',
  'slope',
  'r2',
  'rms',
  'skewness',
  'skewness_biased',
  'kurtosis',
  'kurtosis_biased',
  'mac',
  'last',
  'delta',
  'cv',
  'zscore',
  'ewma',
  'deviation',
  'n_outside',
  'longest_outside',
  'acf1',
  'acf1_pearson',
] as const;
export type Statistic = (typeof STATISTICS)[number] | Percentile;

/** What some statistics need besides the samples. */
export interface StatisticsContext {
  /** Band for `n_outside` and `longest_outside`. */
  readonly low?: number;
  readonly high?: number;
  /** Usual level for `deviation`; kept by its owner. */
  readonly baseline?: { readonly value: number };
  /** Sums of the series, where several windows share them: wide and long enough for this one. */
  readonly blocks?: BlockSums | undefined;
}

/** What sums a statistic needs; none for those that are not listed. */
const NEEDS: Readonly<Record<string, SumsKept>> = {
  count: SPREAD,
  mean: SPREAD,
  std: SPREAD,
  var: SPREAD,
  rms: SPREAD,
  cv: SPREAD,
  zscore: SPREAD,
  deviation: SPREAD,
  acf1: SPREAD,
  slope: TREND,
  r2: TREND,
  min: EXTREMES,
  max: EXTREMES,
  range: EXTREMES,
  skewness: SHAPE,
  skewness_biased: SHAPE,
  kurtosis: SHAPE,
  kurtosis_biased: SHAPE,
};

/** The sums that these statistics need; null when they need none. */
export function sumsNeeded(statistics: readonly Statistic[]): SumsKept | null {
  const needs = statistics.flatMap((name) => NEEDS[name] ?? []);
  return needs.length === 0 ? null : (Math.max(...needs) as SumsKept);
}

/** Samples a history must keep for the statistics of a window: one more than the window, for what leaves. */
export const historyFor = (window: number): number => window + 1;

/**
 * The wanted statistics of one series over its last `window` samples. Only what they need is kept, and what can be is worked out
 * when it is asked for.
 * Cost per sample and memory: those of the parts. A value that is not defined is NaN.
 */
export class WindowStatistics {
  /** Whether anything in here must be told of every sample. */
  readonly isPushed: boolean;
  private readonly moments: RollingMoments | null;
  private readonly ends: RollingEnds | null;
  private readonly quantiles: RollingQuantiles | null;
  private readonly outside: RollingOutside | null;
  private readonly neighbours: RollingCorrelation | null;
  private readonly steps: StepSizes | null;
  private readonly ewma: Ewma | null;
  private readonly baseline: { readonly value: number } | null;

  constructor(
    private readonly history: SeriesHistory,
    window: number,
    statistics: readonly Statistic[],
    { low = -Infinity, high = Infinity, baseline, blocks }: StatisticsContext = {},
  ) {
    const any = (...wanted: readonly string[]): boolean => statistics.some((name) => wanted.includes(name));
    this.moments = momentsOf(history, window, statistics, blocks);
    this.ends = any('last', 'delta', 'zscore') ? new RollingEnds(history, window) : null;
    this.quantiles = statistics.some(isQuantile) ? new RollingQuantiles(history, window) : null;
    this.outside = any('n_outside', 'longest_outside')
      ? new RollingOutside(history, window, low, high)
      : null;
    // A window of W samples holds W - 1 pairs of neighbours.
    this.neighbours =
      any('acf1', 'acf1_pearson') && window > 1
        ? new RollingCorrelation(history, history, window - 1, 1)
        : null;
    this.steps = any('mac') && window > 1 ? new StepSizes(history, window - 1) : null;
    this.ewma = any('ewma') ? new Ewma(window) : null;
    this.baseline = baseline ?? null;
    const pushed = [this.quantiles, this.outside, this.neighbours, this.steps, this.ewma];
    this.isPushed = pushed.some((part) => part !== null);
  }

  /** Takes in the sample that was just pushed to the history. To be called once for each, where `isPushed`. */
  push(): void {
    this.quantiles?.push();
    this.outside?.push();
    this.neighbours?.push();
    this.steps?.push();
    this.ewma?.push(this.history.at(this.history.newest));
  }

  /** @param statistic one of those given to the constructor */
  value(statistic: Statistic): number {
    switch (statistic) {
      case 'count':
        return this.moments!.count;
      case 'mean':
        return this.moments!.mean;
      case 'std':
        return this.moments!.deviation;
      case 'var':
        return this.moments!.variance;
      case 'slope':
        return this.moments!.slope;
      case 'r2':
        return this.moments!.r2;
      case 'rms':
        return this.moments!.rms;
      case 'skewness':
        return this.moments!.skewnessUnbiased;
      case 'skewness_biased':
        return this.moments!.skewness;
      case 'kurtosis':
        return this.moments!.kurtosisUnbiased;
      case 'kurtosis_biased':
        return this.moments!.kurtosis;
      case 'cv':
        return this.variation();
      case 'zscore':
        return this.moments!.fromMean(this.ends!.last) / notZero(this.moments!.deviation);
      case 'deviation':
        return this.moments!.mean - this.baseline!.value;
      case 'min':
        return this.moments!.least;
      case 'max':
        return this.moments!.greatest;
      case 'range':
        return this.moments!.greatest - this.moments!.least;
      case 'last':
        return this.ends!.last;
      case 'delta':
        return this.ends!.last - this.ends!.first;
      case 'mac':
        return this.steps?.mean ?? NaN;
      case 'ewma':
        return this.ewma!.value;
      case 'n_outside':
        return this.outside!.count;
      case 'longest_outside':
        return this.outside!.longestRun;
      case 'acf1':
        return this.autocorrelation();
      case 'acf1_pearson':
        return this.neighbours?.correlation ?? NaN;
      case 'median':
        return this.quantiles!.quantile(0.5);
      default:
        return this.quantiles!.quantile(Number(statistic.slice(1)) / 100);
    }
  }

  private variation(): number {
    return notZero(this.moments!.deviation) / notZero(Math.abs(this.moments!.mean));
  }

  /** Box-Jenkins r1: one mean and one sum of squares for the whole window. */
  private autocorrelation(): number {
    if (this.neighbours === null || this.neighbours.count === 0) return NaN;
    const moments = this.moments!;
    return this.neighbours.productsAround((value) => moments.fromMean(value)) / notZero(moments.squares());
  }
}

/** Mean absolute change from neighbour to neighbour over the last `window` pairs. */
class StepSizes {
  private readonly sizes: SeriesHistory;
  private readonly moments: RollingMoments;

  constructor(
    private readonly history: SeriesHistory,
    window: number,
  ) {
    this.sizes = new SeriesHistory(historyFor(window));
    this.moments = RollingMoments.of(this.sizes, window);
  }

  push(): void {
    const at = this.history.newest;
    this.sizes.push(Math.abs(this.history.at(at) - this.history.at(at - 1)));
  }

  get mean(): number {
    return this.moments.count === 0 ? NaN : this.moments.mean;
  }
}

function momentsOf(
  history: SeriesHistory,
  window: number,
  statistics: readonly Statistic[],
  blocks: BlockSums | undefined,
): RollingMoments | null {
  const kept = sumsNeeded(statistics);
  if (kept === null) return null;
  return new RollingMoments(new WindowSums(blocks ?? new BlockSums(history, window, kept), window, kept));
}

const isQuantile = (statistic: Statistic): boolean => statistic === 'median' || /^p\d+$/.test(statistic);
/** A ratio to nothing is not defined. */
const notZero = (value: number): number => (value === 0 ? NaN : value);
