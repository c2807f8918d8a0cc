import type { SaidAndTrue } from './calibration-line.js';
import type { CastScores } from './held-scores.js';
import { secondsOf, type CastTruth } from './truth.js';

/** The instants at which a source spoke, without ignored time. */
export function saidAndTrue(truths: readonly CastTruth[], said: readonly CastScores[]): SaidAndTrue {
  const probabilities: number[] = [];
  const defects: number[] = [];
  const casts: number[] = [];
  for (const [cast, truth] of truths.entries()) {
    const { seconds, scores } = said[cast]!;
    for (let i = 0; i < seconds.length; i++) {
      const second = Math.ceil(seconds[i]!);
      if (Number.isNaN(scores[i]!) || second >= secondsOf(truth) || truth.ignored[second] === 1) continue;
      probabilities.push(scores[i]!);
      defects.push(truth.defect[second]!);
      casts.push(cast);
    }
  }
  return {
    probabilities: Float64Array.from(probabilities),
    defects: Uint8Array.from(defects),
    casts: Int32Array.from(casts),
  };
}
