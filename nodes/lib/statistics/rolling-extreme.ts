import type { SeriesHistory } from './series-history.js';

/**
 * Smallest or largest of the last `window` samples.
 *
 * Algorithm: a monotonic queue holds the samples that can still become the extreme, best first.
 * Cost: O(1) amortised per sample. Memory: 12 bytes times `window`, rounded up to a power of two.
 * Missing: NaN is left out; NaN when the window has no sample.
 * Source: Lemire, Streaming maximum-minimum filter, Nordic Journal of Computing 13(4), 2006.
 */
export class RollingExtreme {
  private readonly values: Float64Array;
  private readonly positions: Int32Array;
  private readonly mask: number;
  private readonly sign: number;
  private head = 0;
  private tail = 0;

  constructor(
    private readonly history: SeriesHistory,
    private readonly window: number,
    which: 'min' | 'max',
  ) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(2, window)));
    this.values = new Float64Array(capacity);
    this.positions = new Int32Array(capacity);
    this.mask = capacity - 1;
    this.sign = which === 'max' ? 1 : -1;
  }

  /** Takes in the sample that was just pushed to the history. To be called once for each. */
  push(): void {
    const at = this.history.newest;
    const oldest = at - this.window + 1;
    if (this.head < this.tail && this.positions[this.head & this.mask]! < oldest) this.head++;
    const value = this.sign * this.history.at(at);
    if (value !== value) return;
    while (this.head < this.tail && this.values[(this.tail - 1) & this.mask]! <= value) this.tail--;
    this.values[this.tail & this.mask] = value;
    this.positions[this.tail & this.mask] = at;
    this.tail++;
  }

  get value(): number {
    return this.head < this.tail ? this.sign * this.values[this.head & this.mask]! : NaN;
  }

  /** Position of the extreme, the latest of equals; -1 when the window has no sample. */
  get position(): number {
    return this.head < this.tail ? this.positions[this.head & this.mask]! : -1;
  }
}
