import { BlockSums } from './block-sums.js';
import { Ewma } from './ewma.js';
import { RollingCorrelation } from './rolling-correlation.js';
import { RollingEnds } from './rolling-ends.js';
import {
  fromMean,
  kurtosisOf,
  meanOf,
  r2Of,
  rmsOf,
  skewnessOf,
  slopeOf,
  squaresOf,
  unbiasedKurtosisOf,
  unbiasedSkewnessOf,
  varianceOf,
} from './moments.js';
import { COUNT, EXTREMES, GREATEST, LEAST, SHAPE, SPREAD, TREND, type SumsKept } from './power-sums.js';
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
  private readonly sums: WindowSums | null;
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
    this.sums = sumsOf(history, window, statistics, blocks);
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
    const sums = this.sums === null ? NONE : this.sums.settled();
    switch (statistic) {
      case 'count':
        return sums[COUNT]!;
      case 'mean':
        return meanOf(sums);
      case 'std':
        return Math.sqrt(varianceOf(sums));
      case 'var':
        return varianceOf(sums);
      case 'slope':
        return slopeOf(sums);
      case 'min':
        return sums[COUNT] === 0 ? NaN : sums[LEAST]!;
      case 'max':
        return sums[COUNT] === 0 ? NaN : sums[GREATEST]!;
      case 'range':
        return sums[COUNT] === 0 ? NaN : sums[GREATEST]! - sums[LEAST]!;
      case 'deviation':
        return meanOf(sums) - this.baseline!.value;
      case 'last':
        return this.ends!.last;
      case 'r2':
        return r2Of(sums);
      case 'rms':
        return rmsOf(sums);
      case 'skewness':
        return unbiasedSkewnessOf(sums);
      case 'skewness_biased':
        return skewnessOf(sums);
      case 'kurtosis':
        return unbiasedKurtosisOf(sums);
      case 'kurtosis_biased':
        return kurtosisOf(sums);
      case 'cv':
        return notZero(Math.sqrt(varianceOf(sums))) / notZero(Math.abs(meanOf(sums)));
      case 'zscore':
        return fromMean(sums, this.ends!.last) / notZero(Math.sqrt(varianceOf(sums)));
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
        return this.autocorrelation(sums);
      case 'acf1_pearson':
        return this.neighbours?.correlation ?? NaN;
      case 'median':
        return this.quantiles!.quantile(0.5);
      default:
        return this.quantiles!.quantile(Number(statistic.slice(1)) / 100);
    }
  }

  /** Box-Jenkins r1: one mean and one sum of squares for the whole window. */
  private autocorrelation(sums: Float64Array): number {
    if (this.neighbours === null || this.neighbours.count === 0) return NaN;
    return this.neighbours.productsAround((value) => fromMean(sums, value)) / notZero(squaresOf(sums));
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
    this.moments = new RollingMoments(this.sizes, window);
  }

  push(): void {
    const at = this.history.newest;
    this.sizes.push(Math.abs(this.history.at(at) - this.history.at(at - 1)));
  }

  get mean(): number {
    return this.moments.count === 0 ? NaN : this.moments.mean;
  }
}

function sumsOf(
  history: SeriesHistory,
  window: number,
  statistics: readonly Statistic[],
  blocks: BlockSums | undefined,
): WindowSums | null {
  const kept = sumsNeeded(statistics);
  return kept === null ? null : new WindowSums(blocks ?? new BlockSums(history, window, kept), window, kept);
}

const NONE = new Float64Array(0);
const isQuantile = (statistic: Statistic): boolean => statistic === 'median' || /^p\d+$/.test(statistic);
/** A ratio to nothing is not defined. */
const notZero = (value: number): number => (value === 0 ? NaN : value);
