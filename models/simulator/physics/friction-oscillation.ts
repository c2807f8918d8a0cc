import type { Forcing } from '../forcing.js';
import { grades } from '../grades.js';
import type { Mold } from '../molds.js';
import type { CastPlan } from '../plan.js';
import type { Random } from '../random.js';
import { ar1, lag, whiteNoise } from '../shapes.js';
import type { Strand } from '../strand.js';
import type { LevelLoop } from './level-loop.js';

export interface FrictionNoise {
  readonly quick: Float64Array;
  readonly slow: Float64Array;
  readonly white: Float64Array;
  readonly frequency: Float64Array;
  readonly cycle: Float64Array;
}

export function frictionNoise(random: Random, n: number, noise: number): FrictionNoise {
  return {
    quick: ar1(random, n, 15, 0.04 * noise),
    slow: ar1(random, n, 500, 0.05),
    white: whiteNoise(random, n, 0.03 * noise),
    frequency: ar1(random, n, 30, 0.004),
    cycle: whiteNoise(random, n, 1),
  };
}

/** Oscillation frequency, cycles/min: it follows the speed. */
export function oscillationFrequency(
  { speed }: Strand,
  forcing: Forcing,
  noise: FrictionNoise,
): Float64Array {
  const wanted = lag(
    speed.map((v) => 60 + 70 * v),
    5,
  );
  return wanted.map(
    (frequency, t) =>
      frequency *
      (1 + forcing.frequency[t]! + noise.frequency[t]! + (0.0025 + forcing.jitter[t]!) * noise.cycle[t]!),
  );
}

/** Friction between strand and mold, kN. */
export function moldFriction(
  plan: CastPlan,
  mold: Mold,
  { speed }: Strand,
  superheat: Float64Array,
  { level }: LevelLoop,
  forcing: Forcing,
  noise: FrictionNoise,
): Float64Array {
  const { nominalSpeed } = grades[plan.grade];
  const sloshing = lag(
    level.map((height) => Math.abs(height - mold.levelSetpoint)),
    5,
  );
  return speed.map(
    (v, t) =>
      9 *
        mold.frictionGain *
        ((plan.width + forcing.width[t]!) / 1.3) *
        (1 + 0.35 * (v / nominalSpeed - 1)) *
        (1 - 0.006 * (superheat[t]! - 25)) *
        (1 + noise.quick[t]! + noise.slow[t]! + forcing.friction[t]!) *
        (1 + noise.white[t]!) +
      0.05 * sloshing[t]!,
  );
}
