/**
 * The usual level of a series, slowly forgetting: weights exp(-age / timeConstant), normalised, so that the start is a plain
 * mean rather than the first sample.
 * Cost: O(1). Missing: NaN ages nothing and changes nothing; NaN before the first sample.
 * Source: exponential smoothing with normalised weights (pandas `ewm(adjust=True, ignore_na=True)`).
 */
export class BaselineMean {
  value = NaN;
  private weight = 0;
  private readonly kept: number;

  /** @param timeConstant in samples */
  constructor(timeConstant: number) {
    this.kept = Math.exp(-1 / timeConstant);
  }

  push(sample: number): void {
    if (!Number.isFinite(sample)) return;
    this.weight = this.kept * this.weight + 1;
    this.value = this.weight === 1 ? sample : this.value + (sample - this.value) / this.weight;
  }
}
