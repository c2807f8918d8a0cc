/**
 * Exponentially weighted mean over a span of W samples: e <- (1-a) e + a x, a = 2 / (W + 1), from the first sample on.
 * Cost: O(1). Missing: NaN leaves it as it is; NaN before the first sample.
 * Source: pandas `ewm(span=W, adjust=False, ignore_na=True)`.
 */
export class Ewma {
  value = NaN;
  private readonly alpha: number;

  constructor(span: number) {
    this.alpha = 2 / (span + 1);
  }

  push(sample: number): void {
    if (!Number.isFinite(sample)) return;
    this.value = Number.isNaN(this.value) ? sample : (1 - this.alpha) * this.value + this.alpha * sample;
  }
}
