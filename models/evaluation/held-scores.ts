import { CalibrationSums } from './calibration.js';
import type { RankedScores } from './ranking-metrics.js';
import { secondsOf, type CastTruth } from './truth.js';

/** What a source said of a cast: predictions in the order of time. */
export interface CastScores {
  /** s of the cast. */
  readonly seconds: ArrayLike<number>;
  /** 0..1; NaN when the source could not say. */
  readonly scores: ArrayLike<number>;
}

/** The score of every second: a prediction holds until the next one; 0 before the first, and while there is none. */
export function heldScores({ seconds, scores }: CastScores, length: number): Float64Array {
  const held = new Float64Array(length);
  for (let i = 0; i < seconds.length; i++) {
    const score = scores[i]!;
    const until = i + 1 < seconds.length ? seconds[i + 1]! : length;
    if (!Number.isNaN(score)) held.fill(score, Math.ceil(seconds[i]!), Math.ceil(until));
  }
  return held;
}

/** The seconds of all casts that count, ranked by score; each stretch of equal scores of a cast is one row. */
export interface RankedSeconds extends RankedScores {
  readonly scores: Float64Array;
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
  /** Number of the cast of each row. */
  readonly casts: Int32Array;
}

interface Stretch {
  readonly cast: number;
  readonly score: number;
  positives: number;
  negatives: number;
}

function stretchesOf(truth: CastTruth, scores: CastScores, cast: number): Stretch[] {
  const stretches: Stretch[] = [];
  const held = heldScores(scores, secondsOf(truth));
  for (let second = 0; second < held.length; second++) {
    if (truth.ignored[second] === 1) continue;
    const score = held[second]!;
    let stretch = stretches.at(-1);
    if (stretch === undefined || stretch.score !== score)
      stretches.push((stretch = { cast, score, positives: 0, negatives: 0 }));
    if (truth.defect[second] === 1) stretch.positives++;
    else stretch.negatives++;
  }
  return stretches;
}

export function rankedSeconds(truths: readonly CastTruth[], scores: readonly CastScores[]): RankedSeconds {
  const rows = truths.flatMap((truth, cast) => stretchesOf(truth, scores[cast]!, cast));
  rows.sort((one, other) => other.score - one.score || one.cast - other.cast);
  return {
    scores: Float64Array.from(rows, ({ score }) => score),
    positives: Float64Array.from(rows, ({ positives }) => positives),
    negatives: Float64Array.from(rows, ({ negatives }) => negatives),
    casts: Int32Array.from(rows, ({ cast }) => cast),
  };
}

/** The same seconds with each cast counted so many times, written into arrays as long as those of `ranked`. */
export function weighted(
  ranked: RankedSeconds,
  times: ArrayLike<number>,
  into: { readonly positives: Float64Array; readonly negatives: Float64Array },
): RankedScores {
  const { scores, casts } = ranked;
  for (let row = 0; row < scores.length; row++) {
    const count = times[casts[row]!]!;
    into.positives[row] = count * ranked.positives[row]!;
    into.negatives[row] = count * ranked.negatives[row]!;
  }
  return { scores, ...into };
}

/** Calibration of each cast's seconds alone, to be added up. */
export function calibrationByCast(ranked: RankedSeconds, casts: number): CalibrationSums[] {
  const sums = Array.from({ length: casts }, () => new CalibrationSums());
  for (let row = 0; row < ranked.scores.length; row++)
    sums[ranked.casts[row]!]!.add(ranked.scores[row]!, ranked.positives[row]!, ranked.negatives[row]!);
  return sums;
}
