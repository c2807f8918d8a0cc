import type { Forcing } from '../forcing.js';
import { grades } from '../grades.js';
import type { Mold } from '../molds.js';
import type { CastPlan } from '../plan.js';
import type { Random } from '../random.js';
import { ar1, clamp, whiteNoise } from '../shapes.js';
import type { Strand } from '../strand.js';

export interface LevelNoise {
  /** mm/s that the pour stirs */
  readonly turbulence: Float64Array;
  /** Logarithm of the bulging amplitude's wander. */
  readonly bulging: Float64Array;
  /** mm, of the level gauge: the controller sees it too */
  readonly gauge: Float64Array;
}

export function levelNoise(random: Random, n: number, noise: number): LevelNoise {
  return {
    turbulence: ar1(random, n, 4, 0.35 * noise),
    bulging: ar1(random, n, 400, 0.45),
    gauge: whiteNoise(random, n, 0.35 * noise),
  };
}

export interface LevelLoop {
  /** mm, true */
  readonly level: Float64Array;
  /** mm, as measured */
  readonly measured: Float64Array;
  /** % */
  readonly stopper: Float64Array;
}

const NATURAL_CLOGGING = 0.04 / 3600; // per s
const WORST_CLOGGING = 0.35;
/** mm/s of level per % of stopper, full tundish, clean nozzle. */
const INFLOW = 20 / 38;
const SWING = 70; // mm about the set-point that the mold can hold

/** The level and the stopper that holds it: inflow past the clogging nozzle against casting, bulging and turbulence. */
export function levelLoop(
  plan: CastPlan,
  mold: Mold,
  strand: Strand,
  weight: Float64Array,
  forcing: Forcing,
  noise: LevelNoise,
): LevelLoop {
  const n = plan.duration;
  const level = new Float64Array(n);
  const measured = new Float64Array(n);
  const stopper = new Float64Array(n);
  const bulge = 0.2 * grades[plan.grade].bulging * plan.conditions.bulging;
  const gain = INFLOW * mold.stopperGain;
  const setpoint = mold.levelSetpoint;
  let height = setpoint;
  let opening = ((strand.speed[0]! / 60) * 1000) / (gain * 0.86);
  let integral = opening - feedForward(strand.speed[0]!);
  for (let t = 0; t < n; t++) {
    measured[t] = height + noise.gauge[t]!;
    const error = setpoint - (t >= mold.levelDeadTime ? measured[t - mold.levelDeadTime]! : setpoint);
    integral = clamp(integral + 0.014 * error, -60, 100);
    const wanted = clamp(feedForward(strand.speed[t]!) + integral + 0.3 * error, 0, 100);
    opening += 0.75 * (wanted - opening);
    const clogged = clamp(NATURAL_CLOGGING * t + forcing.clogging[t]!, -0.05, WORST_CLOGGING);
    const inflow = gain * opening * (1 - clogged) * Math.sqrt(Math.max(weight[t]!, 5) / 40);
    const phase = (2 * Math.PI * strand.position[t]!) / mold.rollPitch;
    const amplitude = bulge * forcing.bulging[t]! * Math.exp(noise.bulging[t]!);
    height +=
      inflow -
      (strand.speed[t]! / 60) * 1000 +
      amplitude * (Math.sin(phase) + 0.4 * Math.sin(2 * phase + 1)) +
      noise.turbulence[t]! * (1 + 0.6 * clamp(forcing.turbulence[t]!, 0, 2));
    level[t] = height = clamp(height, setpoint - SWING, setpoint + SWING);
    stopper[t] = opening;
  }
  return { level, measured, stopper };
}

/** % of stopper that the speed asks for. */
function feedForward(speed: number): number {
  return (0.93 * (speed / 60) * 1000) / 0.526;
}
