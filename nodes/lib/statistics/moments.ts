/**
 * Mean, variance, trend and shape of samples, from their sums (`power-sums.ts`). O(1) per value.
 * A value that is not defined is NaN.
 */
import {
  ANCHOR,
  COUNT,
  FIRST,
  FOURTH,
  SECOND,
  THIRD,
  TIME,
  TIME_PRODUCT,
  TIME_SQUARED,
} from './power-sums.js';

export function meanOf(sums: Float64Array): number {
  const n = sums[COUNT]!;
  if (n === 0) return NaN;
  // Where the sum is 0 to the last bit the quotient's rounding must not say otherwise.
  if (sums[ANCHOR]! * n + sums[FIRST]! === 0) return 0;
  return sums[ANCHOR]! + sums[FIRST]! / n;
}

/** `value - mean`, without the rounding of the mean. */
export const fromMean = (sums: Float64Array, value: number): number =>
  value - sums[ANCHOR]! - sums[FIRST]! / sums[COUNT]!;

/** Sum of squared differences from the mean; 0 exactly for a constant window. NaN without samples. */
export function squaresOf(sums: Float64Array): number {
  const n = sums[COUNT]!;
  const first = sums[FIRST]!;
  return n === 0 ? NaN : Math.max(0, sums[SECOND]! - (first / n) * first);
}

/** Sample variance (n - 1); exactly 0 for a constant window. NaN below two samples. */
export function varianceOf(sums: Float64Array): number {
  const n = sums[COUNT]!;
  return n < 2 ? NaN : squaresOf(sums) / (n - 1);
}

export function rmsOf(sums: Float64Array): number {
  const mean = meanOf(sums);
  return Math.sqrt(mean * mean + squaresOf(sums) / sums[COUNT]!);
}

/** Least-squares slope per sample; 0 for a constant window. NaN below two samples. */
export const slopeOf = (sums: Float64Array): number =>
  sums[COUNT]! < 2 ? NaN : timeProductsOf(sums) / timeSquaresOf(sums);

/** Squared correlation with time. NaN for a constant window. */
export function r2Of(sums: Float64Array): number {
  const squares = squaresOf(sums);
  if (sums[COUNT]! < 2 || squares === 0) return NaN;
  const products = timeProductsOf(sums);
  return Math.min(1, ((products / timeSquaresOf(sums)) * products) / squares);
}

/** Fisher-Pearson g1. NaN for a constant window. */
export function skewnessOf(sums: Float64Array): number {
  const n = sums[COUNT]!;
  const squares = squaresOf(sums);
  if (n < 2 || squares === 0) return NaN;
  const spread = squares / n;
  return cubesOf(sums) / n / (spread * Math.sqrt(spread));
}

/** G1, corrected for the number of samples. NaN below three samples. */
export function unbiasedSkewnessOf(sums: Float64Array): number {
  const n = sums[COUNT]!;
  return n < 3 ? NaN : (skewnessOf(sums) * Math.sqrt(n * (n - 1))) / (n - 2);
}

/** Excess kurtosis g2. NaN for a constant window. */
export function kurtosisOf(sums: Float64Array): number {
  const n = sums[COUNT]!;
  const squares = squaresOf(sums);
  if (n < 2 || squares === 0) return NaN;
  const spread = squares / n;
  return fourthsOf(sums) / n / spread / spread - 3;
}

/** Excess kurtosis G2, corrected for the number of samples. NaN below four samples. */
export function unbiasedKurtosisOf(sums: Float64Array): number {
  const n = sums[COUNT]!;
  return n < 4 ? NaN : ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * kurtosisOf(sums) + 6);
}

function cubesOf(sums: Float64Array): number {
  const n = sums[COUNT]!;
  const offset = sums[FIRST]! / n;
  return sums[THIRD]! - offset * (3 * sums[SECOND]! - 2 * n * offset * offset);
}

function fourthsOf(sums: Float64Array): number {
  const n = sums[COUNT]!;
  const offset = sums[FIRST]! / n;
  const square = offset * offset;
  return sums[FOURTH]! - 4 * offset * sums[THIRD]! + 6 * square * sums[SECOND]! - 3 * n * square * square;
}

function timeSquaresOf(sums: Float64Array): number {
  const times = sums[TIME]!;
  return sums[TIME_SQUARED]! - (times / sums[COUNT]!) * times;
}

const timeProductsOf = (sums: Float64Array): number =>
  sums[TIME_PRODUCT]! - (sums[TIME]! / sums[COUNT]!) * sums[FIRST]!;
