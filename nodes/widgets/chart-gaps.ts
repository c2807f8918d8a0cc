/** Where a series has a hole, nothing was known: no line may cross it. Pure. */

/** Missing a sample or two is common, and no hole. */
const STEPS_OF_A_HOLE = 3;

/** A step longer than this is a hole: three times the median step; Infinity where there are too few to tell. */
export function holeLength(times: readonly number[]): number {
  if (times.length < 3) return Infinity;
  const steps = times.slice(1).map((time, index) => time - times[index]!);
  steps.sort((one, other) => one - other);
  return STEPS_OF_A_HOLE * steps[Math.floor(steps.length / 2)]!;
}

type Rows = readonly (readonly (number | null)[])[];

/** The same series with a row of nothing in each hole. @param times ascending */
export function withHoles(times: readonly number[], curves: Rows): [times: readonly number[], curves: Rows] {
  const limit = holeLength(times);
  const ends = times.flatMap((time, index) => (times[index + 1]! - time > limit ? [index] : []));
  if (ends.length === 0) return [times, curves];
  const broken = <Value>(row: readonly Value[], inHole: (end: number) => Value): Value[] =>
    row.flatMap((value, index) => (ends.includes(index) ? [value, inHole(index)] : [value]));
  return [
    broken(times, (end) => (times[end]! + times[end + 1]!) / 2),
    curves.map((curve) => broken<number | null>(curve, () => null)),
  ];
}
