import { channels, type ByChannel } from './channels.js';
import { Forcing } from './forcing.js';
import { grades } from './grades.js';
import { actOf, practiceOf } from './hard-negatives.js';
import { eventsOf, labelsOf, type CastEvent, type Labels } from './labels.js';
import { mechanisms } from './mechanisms/all.js';
import { moldOf, type Mold } from './molds.js';
import { drawNoise, type CastNoise } from './noise.js';
import { castStrand } from './physics/casting-speed.js';
import { levelLoop } from './physics/level-loop.js';
import { moldHeat } from './physics/mold-heat.js';
import { segregationCrossings, segregationIndex, shellThinning } from './physics/segregation-index.js';
import { tundishOf } from './physics/tundish.js';
import type { CastPlan } from './plan.js';
import { streamsOf } from './random.js';
import { readingsOf } from './readings.js';
import { applySensorFault } from './sensor-faults.js';
import type { Strand } from './strand.js';

export interface Cast {
  readonly plan: CastPlan;
  readonly mold: Mold;
  /** Seconds cast. */
  readonly duration: number;
  readonly strand: Strand;
  /** What the sensors say, NaN where they are silent. */
  readonly readings: ByChannel;
  readonly segregationIndex: Float64Array;
  readonly events: readonly CastEvent[];
  readonly labels: Labels;
}

export interface RunOptions {
  /** Seconds within which segregation leaves the shell as it is: the twin of one that nobody planned. */
  readonly rigidShell?: { readonly onset: number; readonly end: number };
}

/**
 * Runs a plan, 1 step per second. The same plan gives the same cast; a plan with one event less gives its twin.
 * @param noise of the plan's seed: pass it when running several twins, drawing it costs half as much as the physics
 */
export function runCast(
  plan: CastPlan,
  noise: CastNoise = drawNoise(plan),
  { rigidShell }: RunOptions = {},
): Cast {
  const stream = streamsOf(plan.seed);
  const mold = moldOf(plan.mold);
  const forcing = new Forcing(plan.duration);
  for (const event of plan.events) mechanisms[event.type].practice?.(event, forcing);
  for (const hardNegative of plan.hardNegatives) practiceOf(hardNegative, forcing);

  const { strand, tears, duration } = castStrand(plan, forcing);
  const scene = { strand, mold, width: plan.width, tears };
  for (const event of plan.events)
    mechanisms[event.type].act?.(event, forcing, scene, stream(`event/${event.id}`));
  for (const hardNegative of plan.hardNegatives) actOf(hardNegative, forcing, scene);

  const tundish = tundishOf(plan, strand, forcing, noise.slowHeat);
  const index = segregationIndex(tundish.superheat, strand.speed, grades[plan.grade], plan.segregationBias);
  const thinning = shellThinning(index);
  if (rigidShell !== undefined) thinning.fill(0, rigidShell.onset, rigidShell.end + 1);
  const level = levelLoop(plan, mold, strand, tundish.weight, forcing, noise.level);
  const heat = moldHeat(plan, mold, strand, tundish, thinning, level, forcing, noise.heat);

  const sound = readingsOf({ plan, mold, forcing, strand, tundish, thinning, level, heat }, noise);
  const readings = Object.fromEntries(
    channels.map((channel) => [channel, sound[channel].subarray(0, duration)]),
  ) as unknown as ByChannel;
  for (const fault of plan.sensorFaults) applySensorFault(fault, readings, stream(`fault/${fault.id}`));
  const events = eventsOf(plan, scene, segregationCrossings(index, duration), duration);
  return {
    plan,
    mold,
    duration,
    strand,
    readings,
    segregationIndex: index,
    events,
    labels: labelsOf(plan, scene, events, duration),
  };
}
