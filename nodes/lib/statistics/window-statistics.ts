import type { BaselineMean } from './baseline-mean.js';
import { Ewma } from './ewma.js';
import { RollingCorrelation } from './rolling-correlation.js';
import { RollingEnds } from './rolling-ends.js';
import { RollingExtreme } from './rolling-extreme.js';
import { RollingMoments } from './rolling-moments.js';
import { RollingOutside } from './rolling-outside.js';
import { RollingQuantiles } from './rolling-quantiles.js';
import { SeriesHistory } from './series-history.js';

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
  /** Usual level for `deviation`; pushed by its owner. */
  readonly baseline?: BaselineMean;
}

const MOMENTS = [
  'count',
  'mean',
  'std',
  'var',
  'slope',
  'r2',
  'rms',
  'skewness',
  'skewness_biased',
  'kurtosis',
  'kurtosis_biased',
  'cv',
  'zscore',
  'deviation',
  'acf1',
];
const SHAPE = ['skewness', 'skewness_biased', 'kurtosis', 'kurtosis_biased'];

/** Samples a history must keep for the statistics of a window: one more than the window, for what leaves. */
export const historyFor = (window: number): number => window + 1;

/**
 * The wanted statistics of one series over its last `window` samples. Only what they need is kept.
 * Cost per sample and memory: those of the parts. A value that is not defined is NaN.
 */
export class WindowStatistics {
  private readonly moments: RollingMoments | null;
  private readonly least: RollingExtreme | null;
  private readonly greatest: RollingExtreme | null;
  private readonly ends: RollingEnds | null;
  private readonly quantiles: RollingQuantiles | null;
  private readonly outside: RollingOutside | null;
  private readonly neighbours: RollingCorrelation | null;
  private readonly steps: StepSizes | null;
  private readonly ewma: Ewma | null;
  private readonly baseline: BaselineMean | null;

  constructor(
    private readonly history: SeriesHistory,
    window: number,
    statistics: readonly Statistic[],
    { low = -Infinity, high = Infinity, baseline }: StatisticsContext = {},
  ) {
    const any = (...wanted: readonly string[]): boolean => statistics.some((name) => wanted.includes(name));
    this.moments = any(...MOMENTS)
      ? new RollingMoments(history, window, { trend: any('slope', 'r2'), shape: any(...SHAPE) })
      : null;
    this.least = any('min', 'range') ? new RollingExtreme(history, window, 'min') : null;
    this.greatest = any('max', 'range') ? new RollingExtreme(history, window, 'max') : null;
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
  }

  /** Takes in the sample that was just pushed to the history. To be called once for each. */
  push(): void {
    this.moments?.push();
    this.least?.push();
    this.greatest?.push();
    this.ends?.push();
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
        return this.least!.value;
      case 'max':
        return this.greatest!.value;
      case 'range':
        return this.greatest!.value - this.least!.value;
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
    this.moments = new RollingMoments(this.sizes, window);
  }

  push(): void {
    const at = this.history.newest;
    this.sizes.push(Math.abs(this.history.at(at) - this.history.at(at - 1)));
    this.moments.push();
  }

  get mean(): number {
    return this.moments.count === 0 ? NaN : this.moments.mean;
  }
}

const isQuantile = (statistic: Statistic): boolean => statistic === 'median' || /^p\d+$/.test(statistic);
/** A ratio to nothing is not defined. */
const notZero = (value: number): number => (value === 0 ? NaN : value);
