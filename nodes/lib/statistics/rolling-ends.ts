import type { SeriesHistory } from './series-history.js';

/**
 * First and last of the last `window` samples that are not missing, looked for when asked.
 * Cost: O(1) amortised per sample: each is looked at once from either side. NaN when the window has no sample.
 */
export class RollingEnds {
  private firstAt = 0;
  private lastAt = -1;
  /** Up to here it is known which is the last. */
  private lookedTo = -1;

  constructor(
    private readonly history: SeriesHistory,
    private readonly window: number,
  ) {}

  get first(): number {
    const { newest } = this.history;
    this.firstAt = Math.max(this.firstAt, newest - this.window + 1);
    while (this.firstAt < newest && Number.isNaN(this.history.at(this.firstAt))) this.firstAt++;
    return this.history.at(this.firstAt);
  }

  get last(): number {
    const { newest } = this.history;
    const oldest = newest - this.window + 1;
    let at = newest;
    while (at > this.lookedTo && at >= oldest && Number.isNaN(this.history.at(at))) at--;
    if (at > this.lookedTo && at >= oldest) this.lastAt = at;
    this.lookedTo = newest;
    return this.lastAt >= oldest ? this.history.at(this.lastAt) : NaN;
  }
}
