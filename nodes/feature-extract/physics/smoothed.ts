import { RollingExtreme } from '../../lib/statistics/rolling-extreme.js';
import { RollingMoments } from '../../lib/statistics/rolling-moments.js';
import { SeriesHistory } from '../../lib/statistics/series-history.js';

/** Mean over the last `window` samples, pushed and read each second. */
export class SmoothedSeries {
  private readonly history: SeriesHistory;
  private readonly moments: RollingMoments;

  constructor(window: number) {
    this.history = new SeriesHistory(window);
    this.moments = new RollingMoments(this.history, window);
  }

  /** @returns the mean with this sample; NaN while the window has none */
  push(sample: number): number {
    this.history.push(sample);
    this.moments.push();
    return this.moments.mean;
  }
}

/** Extreme over the last `window` samples, of those at least `delay` samples old. */
export class DelayedExtreme {
  private readonly waiting: SeriesHistory;
  private readonly history: SeriesHistory;
  private readonly extreme: RollingExtreme;

  constructor(
    window: number,
    which: 'min' | 'max',
    private readonly delay = 0,
  ) {
    this.waiting = new SeriesHistory(delay + 1);
    this.history = new SeriesHistory(window);
    this.extreme = new RollingExtreme(this.history, window, which);
  }

  /** @returns the extreme; NaN while there is none */
  push(sample: number): number {
    this.waiting.push(sample);
    this.history.push(this.waiting.at(this.waiting.newest - this.delay));
    this.extreme.push();
    return this.extreme.value;
  }

  /** Samples since the extreme came, the delay included; NaN while there is none. */
  get age(): number {
    const { position } = this.extreme;
    return position < 0 ? NaN : this.history.newest - position + this.delay;
  }
}
