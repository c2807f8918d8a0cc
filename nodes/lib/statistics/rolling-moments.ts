import { BlockSums } from './block-sums.js';
import {
  ANCHOR,
  COUNT,
  FIRST,
  FOURTH,
  GREATEST,
  LEAST,
  SECOND,
  SPREAD,
  THIRD,
  TIME,
  TIME_PRODUCT,
  TIME_SQUARED,
  type SumsKept,
} from './power-sums.js';
import type { SeriesHistory } from './series-history.js';
import { WindowSums } from './window-sums.js';

/**
 * Mean, variance, trend and shape of the last samples of a series, from their sums. O(1) per value.
 * Missing: NaN is left out and keeps its place in time. A value that is not defined is NaN.
 */
export class RollingMoments {
  constructor(private readonly sums: WindowSums) {}

  /** Of a series that has no other windows. */
  static of(history: SeriesHistory, window: number, kept: SumsKept = SPREAD): RollingMoments {
    return new RollingMoments(new WindowSums(new BlockSums(history, window, kept), window, kept));
  }

  /** Samples in the window that are not missing. */
  get count(): number {
    return this.settled()[COUNT]!;
  }

  /** NaN without samples, as for `greatest`. */
  get least(): number {
    const sums = this.settled();
    return sums[COUNT] === 0 ? NaN : sums[LEAST]!;
  }

  get greatest(): number {
    const sums = this.settled();
    return sums[COUNT] === 0 ? NaN : sums[GREATEST]!;
  }

  get mean(): number {
    const sums = this.settled();
    const n = sums[COUNT]!;
    if (n === 0) return NaN;
    // Where the sum is 0 to the last bit the quotient's rounding must not say otherwise.
    if (sums[ANCHOR]! * n + sums[FIRST]! === 0) return 0;
    return sums[ANCHOR]! + sums[FIRST]! / n;
  }

  /** Sample variance (n - 1); exactly 0 for a constant window. NaN below two samples. */
  get variance(): number {
    const n = this.count;
    return n < 2 ? NaN : this.squares() / (n - 1);
  }

  get deviation(): number {
    return Math.sqrt(this.variance);
  }

  get rms(): number {
    const n = this.count;
    const mean = this.mean;
    return Math.sqrt(mean * mean + this.squares() / n);
  }

  /** `value - mean`, without the rounding of the mean. */
  fromMean(value: number): number {
    const sums = this.settled();
    return value - sums[ANCHOR]! - sums[FIRST]! / sums[COUNT]!;
  }

  /** Least-squares slope per sample; 0 for a constant window. NaN below two samples. */
  get slope(): number {
    return this.count < 2 ? NaN : this.timeProducts() / this.timeSquares();
  }

  /** Squared correlation with time. NaN for a constant window. */
  get r2(): number {
    const squares = this.squares();
    if (this.count < 2 || squares === 0) return NaN;
    const products = this.timeProducts();
    return Math.min(1, ((products / this.timeSquares()) * products) / squares);
  }

  /** Fisher-Pearson g1. NaN for a constant window. */
  get skewness(): number {
    const n = this.count;
    const squares = this.squares();
    if (n < 2 || squares === 0) return NaN;
    const spread = squares / n;
    return this.cubes() / n / (spread * Math.sqrt(spread));
  }

  /** G1, corrected for the number of samples. NaN below three samples. */
  get skewnessUnbiased(): number {
    const n = this.count;
    return n < 3 ? NaN : (this.skewness * Math.sqrt(n * (n - 1))) / (n - 2);
  }

  /** Excess kurtosis g2. NaN for a constant window. */
  get kurtosis(): number {
    const n = this.count;
    const squares = this.squares();
    if (n < 2 || squares === 0) return NaN;
    const spread = squares / n;
    return this.fourths() / n / spread / spread - 3;
  }

  /** Excess kurtosis G2, corrected for the number of samples. NaN below four samples. */
  get kurtosisUnbiased(): number {
    const n = this.count;
    return n < 4 ? NaN : ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * this.kurtosis + 6);
  }

  /** Sum of squared differences from the mean; 0 exactly for a constant window. */
  squares(): number {
    const sums = this.settled();
    const n = sums[COUNT]!;
    if (n === 0) return NaN;
    const first = sums[FIRST]!;
    return Math.max(0, sums[SECOND]! - (first / n) * first);
  }

  private cubes(): number {
    const sums = this.settled();
    const n = sums[COUNT]!;
    const offset = sums[FIRST]! / n;
    return sums[THIRD]! - offset * (3 * sums[SECOND]! - 2 * n * offset * offset);
  }

  private fourths(): number {
    const sums = this.settled();
    const n = sums[COUNT]!;
    const offset = sums[FIRST]! / n;
    const square = offset * offset;
    return sums[FOURTH]! - 4 * offset * sums[THIRD]! + 6 * square * sums[SECOND]! - 3 * n * square * square;
  }

  private timeSquares(): number {
    const sums = this.settled();
    const times = sums[TIME]!;
    return sums[TIME_SQUARED]! - (times / sums[COUNT]!) * times;
  }

  private timeProducts(): number {
    const sums = this.settled();
    return sums[TIME_PRODUCT]! - (sums[TIME]! / sums[COUNT]!) * sums[FIRST]!;
  }

  private settled(): Float64Array {
    return this.sums.settled();
  }
}
