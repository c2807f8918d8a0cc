import type { SeriesHistory } from './series-history.js';

export interface MomentsOptions {
  /** Also sums over time: `slope` and `r2`. */
  readonly trend?: boolean;
  /** Also third and fourth powers: skewness and kurtosis. */
  readonly shape?: boolean;
}

/**
 * Mean, variance, trend and shape of the last `window` samples.
 *
 * Algorithm: a queue made of two stacks. Samples that came since the last turn are summed as they come; those before are kept
 * as suffix sums, so that the oldest leaves by looking one place further. Nothing is ever subtracted that was added before:
 * a spike of 1e16 leaves no trace once it is out. All sums are of differences from one sample of the window (the anchor);
 * such a difference is exact for close values, a stuck sensor sums zeros, and the loss against the two-pass formula is at
 * most the number of samples times the float's resolution. When the front stack is used up, or the anchor leaves, all sums are made anew.
 *
 * Cost: O(1) amortised per sample (each is summed at most three times), O(1) per value asked. Memory: 8 bytes times
 * `window` times 3 to 8.
 * Missing: NaN is left out and keeps its place in time. A value that is not defined is NaN.
 * Source: two-stack aggregation, Tangwongsan, Hirzel, Schneider, Wu: General incremental sliding-window aggregation,
 * PVLDB 8(7), 2015; shifted sums: Chan, Golub, LeVeque, The American Statistician 37(3), 1983.
 */
export class RollingMoments {
  private readonly trend: boolean;
  private readonly shape: boolean;
  private readonly stride: number;
  /** Suffix sums of the front stack, by position since the turn. */
  private readonly suffixes: Float64Array;
  private readonly back: Float64Array;
  private readonly sums: Float64Array;
  private anchor = NaN;
  private anchorAt = -1;
  /** Positions before `turnedAt` are in the front stack, which starts at `frontFrom`. */
  private frontFrom = 0;
  private turnedAt = 0;
  private settledAt = -1;

  constructor(
    private readonly history: SeriesHistory,
    private readonly window: number,
    { trend = false, shape = false }: MomentsOptions = {},
  ) {
    this.trend = trend;
    this.shape = shape;
    this.stride = 3 + (trend ? 3 : 0) + (shape ? 2 : 0);
    this.suffixes = new Float64Array(window * this.stride);
    this.back = new Float64Array(this.stride);
    this.sums = new Float64Array(this.stride);
  }

  /** Takes in the sample that was just pushed to the history. To be called once for each. */
  push(): void {
    const at = this.history.newest;
    const oldest = at - this.window + 1;
    if (oldest > this.turnedAt || (this.anchorAt >= 0 && oldest > this.anchorAt)) {
      this.turn(Math.max(0, oldest), at);
      return;
    }
    const value = this.history.at(at);
    if (value !== value) return;
    if (this.anchorAt < 0) {
      this.anchor = value;
      this.anchorAt = at;
    }
    this.add(this.back, value - this.anchor, at - this.anchorAt);
  }

  /** Samples in the window that are not missing. */
  get count(): number {
    return this.settled()[COUNT]!;
  }

  get mean(): number {
    const sums = this.settled();
    const n = sums[COUNT]!;
    // Where the sum is 0 to the last bit the quotient's rounding must not say otherwise.
    if (this.anchor * n + sums[FIRST]! === 0) return 0;
    return this.anchor + sums[FIRST]! / n;
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
    return value - this.anchor - sums[FIRST]! / sums[COUNT]!;
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
    return this.third() - offset * (3 * sums[SECOND]! - 2 * n * offset * offset);
  }

  private fourths(): number {
    const sums = this.settled();
    const n = sums[COUNT]!;
    const offset = sums[FIRST]! / n;
    const square = offset * offset;
    const fourth = sums[this.stride - 1]!;
    return fourth - 4 * offset * this.third() + 6 * square * sums[SECOND]! - 3 * n * square * square;
  }

  private third(): number {
    return this.settled()[this.stride - 2]!;
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

  /** Sums over the whole window: the front's suffix and the back together. */
  private settled(): Float64Array {
    const at = this.history.newest;
    if (this.settledAt === at) return this.sums;
    this.settledAt = at;
    const oldest = Math.max(0, at - this.window + 1);
    const inFront = oldest < this.turnedAt;
    const from = (oldest - this.frontFrom) * this.stride;
    for (let i = 0; i < this.stride; i++)
      this.sums[i] = (inFront ? this.suffixes[from + i]! : 0) + this.back[i]!;
    return this.sums;
  }

  /** Makes all sums anew, from the newest sample back to the oldest, around the newest sample that is not missing. */
  private turn(oldest: number, newest: number): void {
    this.anchorAt = newest;
    while (this.anchorAt >= oldest && Number.isNaN(this.history.at(this.anchorAt))) this.anchorAt--;
    if (this.anchorAt < oldest) this.anchorAt = -1;
    this.anchor = this.history.at(this.anchorAt);
    this.back.fill(0);
    for (let at = newest; at >= oldest; at--) {
      const value = this.history.at(at);
      if (value === value) this.add(this.back, value - this.anchor, at - this.anchorAt);
      // By hand: for so few numbers a call of set() costs more than the numbers.
      const place = (at - oldest) * this.stride;
      for (let i = 0; i < this.stride; i++) this.suffixes[place + i] = this.back[i]!;
    }
    this.back.fill(0);
    this.frontFrom = oldest;
    this.turnedAt = newest + 1;
  }

  private add(sums: Float64Array, difference: number, time: number): void {
    const square = difference * difference;
    sums[COUNT]! += 1;
    sums[FIRST]! += difference;
    sums[SECOND]! += square;
    if (this.trend) {
      sums[TIME]! += time;
      sums[TIME_SQUARED]! += time * time;
      sums[TIME_PRODUCT]! += time * difference;
    }
    if (this.shape) {
      sums[this.stride - 2]! += square * difference;
      sums[this.stride - 1]! += square * square;
    }
  }
}

const COUNT = 0;
const FIRST = 1;
const SECOND = 2;
const TIME = 3;
const TIME_SQUARED = 4;
const TIME_PRODUCT = 5;
