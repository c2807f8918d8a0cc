import type { Grade } from '../grades.js';
import { lag } from '../shapes.js';

/** Index above which steel segregates. */
export const SEGREGATION_LIMIT = 2;
const RECOVERED = 1.5;
const SHORTEST = 120; // s
const STARTED_UP = 600; // s

/** Tendency to segregate: superheat and speed above what the grade bears, and the cast's hidden bias. */
export function segregationIndex(
  superheat: Float64Array,
  speed: Float64Array,
  grade: Grade,
  bias: number,
): Float64Array {
  return lag(
    superheat.map(
      (heat, t) => (heat - grade.criticalSuperheat) / 4.5 + (speed[t]! - grade.nominalSpeed) / 0.14 + bias,
    ),
    90,
  );
}

export interface Crossing {
  readonly onset: number;
  readonly end: number;
  readonly peak: number;
}

/** Times above the limit, long enough to matter: from 2 up to back under 1.5. */
export function segregationCrossings(index: Float64Array, duration: number): readonly Crossing[] {
  const crossings: Crossing[] = [];
  let t = STARTED_UP;
  while (t < duration) {
    if (index[t]! <= SEGREGATION_LIMIT) {
      t++;
      continue;
    }
    const onset = t;
    let peak = 0;
    for (; t < duration && index[t]! >= RECOVERED; t++) peak = Math.max(peak, index[t]!);
    if (t - onset >= SHORTEST) crossings.push({ onset, end: Math.min(t, duration - 1), peak });
  }
  return crossings;
}

/** How much the index thins the shell: nothing below 0.8. */
export function shellThinning(index: Float64Array): Float64Array {
  return index.map((value) => Math.min(Math.max(value - 0.8, 0), 3));
}
