/**
 * Mean of the last `window` samples, pushed and read at each.
 *
 * Algorithm: as in `window-sums.ts`, with chunks of samples instead of blocks. One array holds both: up to the newest sample those
 * of this chunk as they came, behind it the sums from there to the end of the chunk before.
 * Cost: O(1) amortised per sample, each is added twice. Memory: 12 bytes times `window`.
 * Missing: NaN and Infinity are left out; NaN when the window has no sample.
 */
export class RollingMean {
  private readonly samples: Float64Array;
  /** Behind the newest sample: how many are in the sum to the end of the chunk before. */
  private readonly counts: Uint32Array;
  /** Place of the next sample in its chunk. */
  private next = 0;
  private anchor = NaN;
  private sum = 0;
  private count = 0;
  private anchorBefore = NaN;

  constructor(private readonly window: number) {
    this.samples = new Float64Array(window);
    this.counts = new Uint32Array(window);
  }

  /** @returns the mean with this sample */
  push(sample: number): number {
    const isThere = Number.isFinite(sample);
    this.samples[this.next++] = isThere ? sample : NaN;
    if (isThere) {
      if (this.count === 0) this.anchor = sample;
      this.count++;
      this.sum += sample - this.anchor;
    }
    if (this.next < this.window) return this.mean(this.next);
    const mean = this.anchor + this.sum / this.count;
    this.turn();
    return mean;
  }

  /** Of this chunk and what the window still has of the one before. */
  private mean(from: number): number {
    const before = this.counts[from]!;
    if (before === 0) return this.anchor + this.sum / this.count;
    if (this.count === 0) return this.anchorBefore + this.samples[from]! / before;
    const moved = before * (this.anchorBefore - this.anchor);
    return this.anchor + (this.sum + this.samples[from]! + moved) / (this.count + before);
  }

  /** The chunk is full: its samples become sums to its end, around its latest sample. */
  private turn(): void {
    const { samples, counts } = this;
    let sum = 0;
    let count = 0;
    for (let at = this.window - 1; at >= 0; at--) {
      const sample = samples[at]!;
      if (sample === sample) {
        if (count === 0) this.anchorBefore = sample;
        count++;
        sum += sample - this.anchorBefore;
      }
      samples[at] = sum;
      counts[at] = count;
    }
    this.next = 0;
    this.sum = 0;
    this.count = 0;
  }
}
