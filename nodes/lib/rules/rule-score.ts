/** Pairs of value and score; values all rise or all fall, scores never fall. */
export type Points = readonly (readonly [value: number, score: number])[];

/**
 * The score of a value: straight between two points, 0 before the first, that of the last behind it. O(points).
 * @returns 0..1; NaN where the value is missing
 */
export function scoreAt(points: Points, value: number): number {
  if (value !== value) return NaN;
  const sign = points[points.length - 1]![0] < points[0]![0] ? -1 : 1;
  if (sign * value < sign * points[0]![0]) return 0;
  for (let i = 1; i < points.length; i++) {
    const [to, high] = points[i]!;
    if (sign * value >= sign * to) continue;
    const [from, low] = points[i - 1]!;
    return low + ((high - low) * (value - from)) / (to - from);
  }
  return points[points.length - 1]![1];
}
