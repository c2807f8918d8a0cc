import type { SeriesHistory } from './series-history.js';

/**
 * How many of the last `window` samples lie outside limits, and the longest run of neighbours that do.
 *
 * Algorithm: runs as a queue of (first, last) positions; the longest is found among those that can still become it,
 * as in `rolling-extreme.ts`. Only the oldest run is cut by the window's edge.
 * Cost: O(1) amortised per sample. Memory: 8 bytes times `window`.
 * Missing: NaN is inside and ends a run. On a limit is inside.
 */
export class RollingOutside {
  /** Samples outside. */
  count = 0;
  private readonly from: Int32Array;
  private readonly to: Int32Array;
  private readonly mask: number;
  private head = 0;
  private tail = 0;

  constructor(
    private readonly history: SeriesHistory,
    private readonly window: number,
    private readonly low: number,
    private readonly high: number,
  ) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(2, window + 1)));
    this.from = new Int32Array(capacity);
    this.to = new Int32Array(capacity);
    this.mask = capacity - 1;
  }

  /** As for `RollingQuantiles`, the history must still hold the sample that leaves. */
  push(): void {
    const at = this.history.newest;
    const oldest = at - this.window + 1;
    if (this.isOutside(at - this.window)) this.count--;
    if (this.head < this.tail && this.to[this.head & this.mask]! < oldest) this.head++;
    if (!this.isOutside(at)) return;
    this.count++;
    const newest = (this.tail - 1) & this.mask;
    if (this.head < this.tail && this.to[newest] === at - 1) this.to[newest] = at;
    else {
      this.from[this.tail & this.mask] = at;
      this.to[this.tail & this.mask] = at;
      this.tail++;
    }
    this.dropShorter();
  }

  get longestRun(): number {
    if (this.head === this.tail) return 0;
    const oldest = this.history.newest - this.window + 1;
    const head = this.head & this.mask;
    const cut = this.to[head]! - Math.max(this.from[head]!, oldest) + 1;
    // The run behind the head is the longest of those that no edge cuts.
    return this.tail - this.head < 2 ? cut : Math.max(cut, this.lengthOf(this.head + 1));
  }

  /** A run that is no longer than the newest, and leaves before it, can no longer be the longest. */
  private dropShorter(): void {
    const newest = this.tail - 1;
    while (newest > this.head && this.lengthOf(this.tail - 2) <= this.lengthOf(this.tail - 1)) {
      this.from[(this.tail - 2) & this.mask] = this.from[(this.tail - 1) & this.mask]!;
      this.to[(this.tail - 2) & this.mask] = this.to[(this.tail - 1) & this.mask]!;
      this.tail--;
      if (this.tail - this.head < 2) return;
    }
  }

  private lengthOf(run: number): number {
    return this.to[run & this.mask]! - this.from[run & this.mask]! + 1;
  }

  private isOutside(position: number): boolean {
    const value = this.history.at(position);
    return value < this.low || value > this.high;
  }
}
