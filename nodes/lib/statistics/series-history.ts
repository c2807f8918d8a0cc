/**
 * The latest samples of one regular series, shared by every statistic that looks back on it.
 * A position counts samples since the first; missing samples are NaN and keep their position.
 * Memory: the next power of two above `length`, times 8 bytes.
 */
export class SeriesHistory {
  /** Position of the newest sample; -1 before the first. */
  newest = -1;
  private readonly values: Float64Array;
  private readonly mask: number;

  /** @param length samples that must stay within reach, the newest included */
  constructor(length: number) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(2, length)));
    this.values = new Float64Array(capacity).fill(NaN);
    this.mask = capacity - 1;
  }

  /** Infinity is as missing as NaN. */
  push(value: number): void {
    this.newest++;
    this.values[this.newest & this.mask] = Number.isFinite(value) ? value : NaN;
  }

  /** The sample at a position within reach; NaN where it is missing or lies before the first. */
  at(position: number): number {
    return position < 0 ? NaN : this.values[position & this.mask]!;
  }
}
