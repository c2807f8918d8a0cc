/**
 * The usual levels of several series, side by side: see `baseline-mean.ts`.
 * Cost: O(1) per series and sample. Missing: NaN ages nothing and changes nothing; NaN before the first sample.
 */
export class BaselineMeans {
  readonly values: Float64Array;
  private readonly weights: Float64Array;
  private readonly kept: number;

  /** @param timeConstant in samples */
  constructor(series: number, timeConstant: number) {
    this.values = new Float64Array(series).fill(NaN);
    this.weights = new Float64Array(series);
    this.kept = Math.exp(-1 / timeConstant);
  }

  /** Takes in this instant's samples of the series from `from` up to, not including, `to`. */
  push(samples: Float64Array, from = 0, to = this.values.length): void {
    const { values, weights, kept } = this;
    for (let i = from; i < to; i++) {
      const sample = samples[i]!;
      if (!Number.isFinite(sample)) continue;
      const weight = kept * weights[i]! + 1;
      weights[i] = weight;
      values[i] = weight === 1 ? sample : values[i]! + (sample - values[i]!) / weight;
    }
  }

  /** The usual level of one series, as it is whenever it is looked at. */
  of(series: number): { readonly value: number } {
    const { values } = this;
    return {
      get value() {
        return values[series]!;
      },
    };
  }
}
