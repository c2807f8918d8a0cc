/** Gives back each sample a fixed number of samples later; NaN until then. */
export class DelayLine {
  private readonly waiting: Float64Array;
  private place = 0;

  /** @param delay in samples, at least 1 */
  constructor(delay: number) {
    this.waiting = new Float64Array(delay).fill(NaN);
  }

  push(sample: number): number {
    const due = this.waiting[this.place]!;
    this.waiting[this.place] = sample;
    this.place = (this.place + 1) % this.waiting.length;
    return due;
  }
}
