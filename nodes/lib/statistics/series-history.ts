/**
 * The latest samples of one regular series, shared by every statistic that looks back on it.
 * A position counts samples since the first; missing samples are NaN and keep their position.
 * Memory: 8 bytes times `length`.
 */
export class SeriesHistory {
  /** Position of the newest sample; -1 before the first. */
  newest = -1;
  /** A ring; for loops over positions within reach, none of them below 0. */
  readonly values: Float64Array;
  private place = 0;

  /** @param length samples that must stay within reach, the newest included */
  constructor(length: number) {
    this.values = new Float64Array(length).fill(NaN);
  }

  /** Infinity is as missing as NaN. */
  push(value: number): void {
    this.newest++;
    this.values[this.place] = Number.isFinite(value) ? value : NaN;
    this.place = this.place + 1 === this.values.length ? 0 : this.place + 1;
  }

  /** The sample at a position within reach; NaN where it is missing or lies before the first. */
  at(position: number): number {
    return position < 0 ? NaN : this.values[position % this.values.length]!;
  }
}
