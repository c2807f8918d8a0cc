import type { CastScores } from '../../../../models/evaluation/held-scores.js';
import type { CastTruth } from '../../../../models/evaluation/truth.js';
import { Random } from '../../../../models/simulator/random.js';

const SECONDS = 3000;
const EVERY = 5;
const TYPES = ['sticker', 'long_crack'] as const;

/** Casts of 3000 s with events, and scores that rise in most of them and sometimes elsewhere. The same for the same seed. */
export function drawnCasts(count: number, seed: string): { truths: CastTruth[]; scores: CastScores[] } {
  const random = new Random(seed);
  const casts = Array.from({ length: count }, (_, i) => drawnCast(random, `cast-${i}`));
  return { truths: casts.map(({ truth }) => truth), scores: casts.map(({ scores }) => scores) };
}

function drawnCast(random: Random, id: string): { truth: CastTruth; scores: CastScores } {
  const ignored = new Uint8Array(SECONDS).fill(1, 0, 600);
  const defect = new Uint8Array(SECONDS);
  const level = new Float64Array(SECONDS).fill(-3);
  const events = Array.from({ length: random.integer(1, 3) }, (_, i) => {
    const onset = 700 + 700 * i + random.integer(0, 200);
    const end = onset + random.integer(60, 200);
    defect.fill(1, onset, end + 1);
    level.fill(random.uniform(-1, 4), onset + random.integer(0, 40), end + 1);
    return { type: random.pick(TYPES), onset, complete: onset + random.integer(20, 120), end };
  });
  const bump = random.integer(600, SECONDS - 200);
  level.fill(random.uniform(-2, 3), bump, bump + random.integer(10, 150));
  const seconds = Array.from({ length: SECONDS / EVERY }, (_, i) => EVERY * i);
  const scores = seconds.map((second) => 1 / (1 + Math.exp(-level[second]! - 0.5 * random.normal())));
  const truth = { id, mold: null, ignored, defect, events, faults: [], lookAlikes: null };
  return { truth, scores: { seconds, scores } };
}
