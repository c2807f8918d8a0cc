/**
 * Smallest or largest of the last `window` samples and where it stands, pushed and read at each.
 *
 * Algorithm: chunks of `window` samples. The window is the end of one chunk, whose extremes are worked out backwards once per
 * chunk, and the beginning of the next. One array holds both, as in `rolling-mean.ts`.
 * Cost: O(1) amortised per sample. Memory: 12 bytes times `window`.
 * Missing: NaN and Infinity are left out; NaN when the window has no sample.
 * Source: van Herk, Pattern Recognition Letters 13(7), 1992.
 */
export class RollingExtreme {
  /** The extreme; NaN when the window has no sample. */
  value = NaN;
  /** Samples since the extreme, the latest of equals, came; NaN when the window has no sample. */
  age = NaN;
  private readonly sign: number;
  /** Samples of this chunk as they came; behind the newest: the greatest from there to the end of the chunk before. */
  private readonly samples: Float64Array;
  private readonly positions: Int32Array;
  /** Place of the next sample in its chunk. */
  private next = 0;
  private newest = -1;
  private greatest = -Infinity;
  private greatestAt = 0;

  constructor(
    private readonly window: number,
    which: 'min' | 'max',
  ) {
    this.sign = which === 'max' ? 1 : -1;
    this.samples = new Float64Array(window).fill(-Infinity);
    this.positions = new Int32Array(window);
  }

  /** @returns the extreme with this sample */
  push(sample: number): number {
    const isThere = Number.isFinite(sample);
    const signed = isThere ? this.sign * sample : -Infinity;
    const at = this.next++;
    this.samples[at] = signed;
    this.positions[at] = ++this.newest;
    if (isThere && signed >= this.greatest) {
      this.greatest = signed;
      this.greatestAt = this.newest;
    }
    this.tell();
    if (this.next === this.window) this.turn();
    return this.value;
  }

  private tell(): void {
    let { greatest, greatestAt } = this;
    if (this.next < this.window && this.samples[this.next]! > greatest) {
      greatest = this.samples[this.next]!;
      greatestAt = this.positions[this.next]!;
    }
    const isNone = greatest === -Infinity;
    this.value = isNone ? NaN : this.sign * greatest;
    this.age = isNone ? NaN : this.newest - greatestAt;
  }

  /** The chunk is full: each sample becomes the greatest from there to its end. */
  private turn(): void {
    const { samples, positions } = this;
    for (let at = this.window - 2; at >= 0; at--) {
      if (samples[at]! > samples[at + 1]!) continue;
      samples[at] = samples[at + 1]!;
      positions[at] = positions[at + 1]!;
    }
    this.next = 0;
    this.greatest = -Infinity;
  }
}
