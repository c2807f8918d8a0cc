import type { SeriesHistory } from './series-history.js';

/**
 * First and last of the last `window` samples that are not missing.
 * Cost: O(1) amortised per sample. NaN when the window has no sample.
 */
export class RollingEnds {
  private firstAt = 0;
  private lastAt = -1;

  constructor(
    private readonly history: SeriesHistory,
    private readonly window: number,
  ) {}

  /** Takes in the sample that was just pushed to the history. To be called once for each. */
  push(): void {
    const at = this.history.newest;
    const oldest = at - this.window + 1;
    if (!Number.isNaN(this.history.at(at))) this.lastAt = at;
    if (this.firstAt < oldest) this.firstAt = oldest;
    while (this.firstAt < at && Number.isNaN(this.history.at(this.firstAt))) this.firstAt++;
  }

  get first(): number {
    return this.history.at(this.firstAt);
  }

  get last(): number {
    return this.lastAt > this.history.newest - this.window ? this.history.at(this.lastAt) : NaN;
  }
}
