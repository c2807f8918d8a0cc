import type { SeriesHistory } from './series-history.js';

/**
 * Median and other quantiles of the last `window` samples.
 *
 * Algorithm: the window's samples in order; the place of the one that leaves and of the one that comes is found by bisection
 * and what lies between them moves by one block copy.
 * Cost per sample: O(log window) comparisons and a copy of at most 8 bytes times `window`. Memory: 8 bytes times `window`.
 * Missing: NaN is left out; NaN when the window has no sample.
 * Source: Hyndman and Fan, The American Statistician 50(4), 1996, definition 7 (numpy's `linear`).
 */
export class RollingQuantiles {
  private readonly sorted: Float64Array;
  private count = 0;

  constructor(
    private readonly history: SeriesHistory,
    private readonly window: number,
  ) {
    this.sorted = new Float64Array(window);
  }

  /**
   * Takes in the sample that was just pushed to the history. To be called once for each; the history must still hold
   * the sample that leaves, so it is `window + 1` long.
   */
  push(): void {
    const at = this.history.newest;
    const leaving = this.history.at(at - this.window);
    const coming = this.history.at(at);
    if (leaving === leaving) {
      const place = this.placeOf(leaving);
      this.sorted.copyWithin(place, place + 1, this.count);
      this.count--;
    }
    if (coming === coming) {
      const place = this.placeOf(coming);
      this.sorted.copyWithin(place + 1, place, this.count);
      this.sorted[place] = coming;
      this.count++;
    }
  }

  /** @param share 0..1: 0.5 is the median */
  quantile(share: number): number {
    if (this.count === 0) return NaN;
    const place = (this.count - 1) * share;
    const below = Math.floor(place);
    const low = this.sorted[below]!;
    const high = this.sorted[Math.min(below + 1, this.count - 1)]!;
    return low + (place - below) * (high - low);
  }

  /** Index of the first sample that is not below `value`. */
  private placeOf(value: number): number {
    let from = 0;
    let to = this.count;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.sorted[middle]! < value) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
