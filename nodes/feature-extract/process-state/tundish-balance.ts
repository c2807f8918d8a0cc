import { TREND } from '../../lib/statistics/power-sums.js';
import { RollingMoments } from '../../lib/statistics/rolling-moments.js';
import { SeriesHistory } from '../../lib/statistics/series-history.js';
import { RollingMean } from '../../lib/statistics/rolling-mean.js';

/** Long enough that 0.15 t of noise leaves 0.003 t/s of slope, a fifth of what the narrowest slab takes out. */
const SLOPE_S = 30;
const WEIGHT_S = 10;

/** What the tundish holds and how fast that falls. Updated before the states that are told from it. */
export class TundishBalance {
  /** Mean over 10 s, t. */
  weight = NaN;
  /** t/s, negative while it empties; NaN until half of the 30 s are known. */
  slope = NaN;
  private readonly history: SeriesHistory;
  private readonly moments: RollingMoments;
  private readonly short: RollingMean;
  private readonly needed: number;

  constructor(
    samples: (seconds: number) => number,
    private readonly sampleS: number,
  ) {
    const window = Math.max(3, samples(SLOPE_S));
    this.needed = Math.ceil(window / 2);
    this.history = new SeriesHistory(window);
    this.moments = new RollingMoments(this.history, window, TREND);
    this.short = new RollingMean(samples(WEIGHT_S));
  }

  update(weight: number): void {
    this.weight = this.short.push(weight);
    this.history.push(weight);
    this.slope = this.moments.count < this.needed ? NaN : this.moments.slope / this.sampleS;
  }
}
