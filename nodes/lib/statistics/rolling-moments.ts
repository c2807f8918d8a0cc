import { BlockSums } from './block-sums.js';
import { meanOf, slopeOf, varianceOf } from './moments.js';
import { COUNT, SPREAD, type SumsKept } from './power-sums.js';
import type { SeriesHistory } from './series-history.js';
import { WindowSums } from './window-sums.js';

/**
 * Mean, spread and trend of the last samples of a series that has no other windows. O(1) per value.
 * Missing: NaN is left out and keeps its place in time. A value that is not defined is NaN.
 */
export class RollingMoments {
  private readonly sums: WindowSums;

  /** @param kept `TREND` for the slope */
  constructor(history: SeriesHistory, window: number, kept: SumsKept = SPREAD) {
    this.sums = new WindowSums(new BlockSums(history, window, kept), window, kept);
  }

  /** Samples in the window that are not missing. */
  get count(): number {
    return this.sums.settled()[COUNT]!;
  }

  get mean(): number {
    return meanOf(this.sums.settled());
  }

  /** Sample deviation (n - 1). */
  get deviation(): number {
    return Math.sqrt(varianceOf(this.sums.settled()));
  }

  /** Least-squares slope per sample. */
  get slope(): number {
    return slopeOf(this.sums.settled());
  }
}
