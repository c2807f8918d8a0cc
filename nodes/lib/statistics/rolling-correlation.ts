import type { SeriesHistory } from './series-history.js';

const N = 0;
const X = 1;
const Y = 2;
const XX = 3;
const YY = 4;
const XY = 5;
const STRIDE = 6;

/**
 * Correlation of two series over the last `window` positions, of those where both are there.
 * With `lag` the first series is taken that many positions earlier: a series with itself at lag 1 gives its autocorrelation.
 *
 * Algorithm, cost, memory and source as in `rolling-moments.ts`; the anchor is one pair of the window.
 * Missing: a position where either is NaN is left out. A value that is not defined is NaN.
 */
export class RollingCorrelation {
  private readonly suffixes: Float64Array;
  private readonly back = new Float64Array(STRIDE);
  private readonly sums = new Float64Array(STRIDE);
  private anchorX = NaN;
  private anchorY = NaN;
  private anchorAt = -1;
  private frontFrom = 0;
  private turnedAt = 0;
  private settledAt = -1;

  constructor(
    private readonly x: SeriesHistory,
    private readonly y: SeriesHistory,
    private readonly window: number,
    private readonly lag = 0,
  ) {
    this.suffixes = new Float64Array(window * STRIDE);
  }

  /** Takes in the samples that were just pushed to both histories. To be called once for each. */
  push(): void {
    const at = this.y.newest;
    const oldest = at - this.window + 1;
    if (oldest > this.turnedAt || (this.anchorAt >= 0 && oldest > this.anchorAt)) {
      this.turn(Math.max(0, oldest), at);
      return;
    }
    if (!this.isWhole(at)) return;
    if (this.anchorAt < 0) this.anchorAround(at);
    this.add(at);
  }

  /** Positions of the window where both are there. */
  get count(): number {
    return this.settled()[N]!;
  }

  /** Pearson's r. NaN below two pairs or when either side is constant. */
  get correlation(): number {
    const sums = this.settled();
    const n = sums[N]!;
    if (n < 2) return NaN;
    const xx = sums[XX]! - (sums[X]! / n) * sums[X]!;
    const yy = sums[YY]! - (sums[Y]! / n) * sums[Y]!;
    if (!(xx > 0 && yy > 0)) return NaN;
    const xy = sums[XY]! - (sums[X]! / n) * sums[Y]!;
    return Math.min(1, Math.max(-1, xy / (Math.sqrt(xx) * Math.sqrt(yy))));
  }

  /** Sum of (x - centre)(y - centre); `fromCentre` subtracts the centre as exactly as it can. */
  productsAround(fromCentre: (value: number) => number): number {
    const sums = this.settled();
    const x = fromCentre(this.anchorX);
    const y = fromCentre(this.anchorY);
    return sums[XY]! + x * sums[Y]! + y * sums[X]! + sums[N]! * x * y;
  }

  private isWhole(at: number): boolean {
    return !Number.isNaN(this.x.at(at - this.lag)) && !Number.isNaN(this.y.at(at));
  }

  private anchorAround(at: number): void {
    this.anchorAt = at;
    this.anchorX = this.x.at(at - this.lag);
    this.anchorY = this.y.at(at);
  }

  private add(at: number): void {
    const sums = this.back;
    const x = this.x.at(at - this.lag) - this.anchorX;
    const y = this.y.at(at) - this.anchorY;
    sums[N]! += 1;
    sums[X]! += x;
    sums[Y]! += y;
    sums[XX]! += x * x;
    sums[YY]! += y * y;
    sums[XY]! += x * y;
  }

  private turn(oldest: number, newest: number): void {
    let anchorAt = newest;
    while (anchorAt >= oldest && !this.isWhole(anchorAt)) anchorAt--;
    if (anchorAt < oldest) this.anchorAt = -1;
    else this.anchorAround(anchorAt);
    this.back.fill(0);
    for (let at = newest; at >= oldest; at--) {
      if (this.isWhole(at)) this.add(at);
      const place = (at - oldest) * STRIDE;
      for (let i = 0; i < STRIDE; i++) this.suffixes[place + i] = this.back[i]!;
    }
    this.back.fill(0);
    this.frontFrom = oldest;
    this.turnedAt = newest + 1;
  }

  private settled(): Float64Array {
    const at = this.y.newest;
    if (this.settledAt === at) return this.sums;
    this.settledAt = at;
    const oldest = Math.max(0, at - this.window + 1);
    const inFront = oldest < this.turnedAt;
    const from = (oldest - this.frontFrom) * STRIDE;
    for (let i = 0; i < STRIDE; i++) this.sums[i] = (inFront ? this.suffixes[from + i]! : 0) + this.back[i]!;
    return this.sums;
  }
}
