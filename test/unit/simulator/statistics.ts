/** Plain statistics to judge casts by; NaN is skipped where a sensor may be silent. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++)
    if (!Number.isNaN(values[i]!)) {
      sum += values[i]!;
      count++;
    }
  return sum / count;
}

export function deviation(values: ArrayLike<number>): number {
  const middle = mean(values);
  return Math.sqrt(mean(Array.from(values, (value) => (value - middle) ** 2)));
}

export function correlation(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const middles = [mean(one), mean(other)] as const;
  const product = mean(Array.from(one, (value, i) => (value - middles[0]) * (other[i]! - middles[1])));
  return product / (deviation(one) * deviation(other));
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(share * (sorted.length - 1))]!;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
