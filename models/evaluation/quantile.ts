/**
 * Quantile of numbers in rising order, on a straight line between the two nearest: numpy's `linear`.
 * @param share 0..1
 * @returns NaN without numbers
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  const part = at - below;
  // numpy goes from the nearer end; the last bit depends on it.
  return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
}
