/** How a figure changes over time, by least squares over the means of blocks. */
export interface Slope {
  /** Per unit of time. */
  readonly slope: number;
  /** 95 % confidence interval of the slope. */
  readonly low: number;
  readonly high: number;
}

export interface Sample {
  readonly at: number;
  readonly value: number;
}

/** Blocks that the samples are put in: neighbours resemble each other, which would make the interval too narrow. */
const BLOCKS = 10;
/** Student's t for 95 %, two-sided, with BLOCKS - 2 degrees of freedom. */
const T = 2.306;

/** @throws RangeError below two samples a block */
export function slopeOf(samples: readonly Sample[]): Slope {
  const size = Math.floor(samples.length / BLOCKS);
  if (size < 2) throw new RangeError(`expected at least ${2 * BLOCKS} samples, got ${samples.length}`);
  const blocks = Array.from({ length: BLOCKS }, (_, i) => samples.slice(i * size, (i + 1) * size));
  const x = blocks.map((block) => mean(block.map(({ at }) => at)));
  const y = blocks.map((block) => mean(block.map(({ value }) => value)));
  const [middle, level] = [mean(x), mean(y)];
  const spread = sum(x.map((value) => (value - middle) ** 2));
  const slope = sum(x.map((value, i) => (value - middle) * (y[i]! - level))) / spread;
  const residuals = y.map((value, i) => (value - level - slope * (x[i]! - middle)) ** 2);
  const error = Math.sqrt(sum(residuals) / (BLOCKS - 2) / spread);
  return { slope, low: slope - T * error, high: slope + T * error };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
