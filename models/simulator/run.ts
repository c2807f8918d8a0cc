import { channels, type ByChannel } from './channels.js';
import { Forcing } from './forcing.js';
import { grades } from './grades.js';
import { actOf, practiceOf } from './hard-negatives.js';
import { eventsOf, labelsOf, type CastEvent, type Labels } from './labels.js';
import { mechanisms } from './mechanisms/all.js';
import { moldOf, type Mold } from './molds.js';
import { castStrand } from './physics/casting-speed.js';
import {
  frictionNoise,
  moldFriction,
  oscillationFrequency,
  type FrictionNoise,
} from './physics/friction-oscillation.js';
import { levelLoop, levelNoise, type LevelNoise } from './physics/level-loop.js';
import { moldHeat, moldHeatNoise, waterWarming, type MoldHeatNoise } from './physics/mold-heat.js';
import {
  coolingNoise,
  sprayFlow,
  surfaceTemperature,
  type CoolingNoise,
} from './physics/secondary-cooling.js';
import { segregationCrossings, segregationIndex, shellThinning } from './physics/segregation-index.js';
import { tundishOf } from './physics/tundish.js';
import type { CastPlan } from './plan.js';
import { streamsOf } from './random.js';
import { applySensorFault } from './sensor-faults.js';
import { ar1, clamp, plus, whiteNoise } from './shapes.js';
import { splitProfiles } from './splits.js';
import type { Strand } from './strand.js';

/** All noise of a cast: one stream per subsystem, and none of it knows of events. */
export interface CastNoise {
  readonly slowHeat: Float64Array;
  readonly level: LevelNoise;
  readonly heat: MoldHeatNoise;
  readonly friction: FrictionNoise;
  readonly cooling: CoolingNoise;
  readonly waterFlow: Float64Array;
  /** Of the gauges that nothing else reads. */
  readonly gauges: Readonly<
    Record<'speed' | 'weight' | 'temperature' | 'stopper' | 'waterFlow' | 'warming', Float64Array>
  > & { readonly thermocouples: readonly Float64Array[] };
}

export function drawNoise(plan: CastPlan): CastNoise {
  const stream = streamsOf(plan.seed);
  const n = plan.duration;
  const noise = moldOf(plan.mold).noise * splitProfiles[plan.split].noise;
  const gauge = (name: string, sd: number): Float64Array => whiteNoise(stream(`gauge/${name}`), n, sd);
  return {
    slowHeat: ar1(stream('tundish'), n, 600, 0.8),
    level: levelNoise(stream('level'), n, noise),
    heat: moldHeatNoise(stream('heat'), n, noise),
    friction: frictionNoise(stream('friction'), n, noise),
    cooling: coolingNoise(stream('cooling'), n, noise),
    waterFlow: ar1(stream('water'), n, 200, 0.006),
    gauges: {
      speed: gauge('speed', 0.004),
      weight: gauge('weight', 0.15),
      temperature: gauge('temperature', 0.6 * noise),
      stopper: gauge('stopper', 0.25),
      waterFlow: gauge('water-flow', 8),
      warming: gauge('warming', 0.03 * noise),
      thermocouples: Array.from({ length: 8 }, (_, i) => gauge(`thermocouple-${i}`, 0.4 * noise)),
    },
  };
}

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
 * @param noise of the plan's seed: pass it when running several twins, drawing it costs as much as the physics
 */
export function runCast(
  plan: CastPlan,
  noise: CastNoise = drawNoise(plan),
  { rigidShell }: RunOptions = {},
): Cast {
  const stream = streamsOf(plan.seed);
  const mold = moldOf(plan.mold);
  const grade = grades[plan.grade];
  const forcing = new Forcing(plan.duration);
  for (const event of plan.events) mechanisms[event.type].practice?.(event, forcing);
  for (const hardNegative of plan.hardNegatives) practiceOf(hardNegative, forcing);

  const { strand, tears, duration } = castStrand(plan, forcing);
  const scene = { strand, mold, width: plan.width, tears };
  for (const event of plan.events)
    mechanisms[event.type].act?.(event, forcing, scene, stream(`event/${event.id}`));
  for (const hardNegative of plan.hardNegatives) actOf(hardNegative, forcing, scene);

  const tundish = tundishOf(plan, strand, forcing, noise.slowHeat);
  const { superheat } = tundish;
  const index = segregationIndex(superheat, strand.speed, grade, plan.segregationBias);
  const thinning = shellThinning(index);
  if (rigidShell !== undefined) thinning.fill(0, rigidShell.onset, rigidShell.end + 1);
  const level = levelLoop(plan, mold, strand, tundish.weight, forcing, noise.level);
  const heat = moldHeat(plan, mold, strand, tundish, thinning, level, forcing, noise.heat);
  const waterFlow = noise.waterFlow.map((share) => mold.waterFlow * (1 + share));

  const { gauges } = noise;
  const temperature = plus(tundish.temperature, gauges.temperature);
  const thermocouple = (i: number): Float64Array => plus(heat.temperatures[i]!, gauges.thermocouples[i]!);
  const complete: ByChannel = {
    casting_speed: plus(strand.speed, gauges.speed),
    mold_level: level.measured,
    stopper_position: plus(level.stopper, gauges.stopper).map((percent) => clamp(percent, 0, 100)),
    tundish_weight: plus(tundish.weight, gauges.weight),
    tundish_temperature: temperature,
    superheat: temperature.map((celsius, t) => celsius - tundish.liquidus[t]!),
    mold_water_flow: plus(waterFlow, gauges.waterFlow),
    mold_water_delta_t: plus(waterWarming(heat.flux, waterFlow, plan.width), gauges.warming),
    tc_u1: thermocouple(0),
    tc_u2: thermocouple(1),
    tc_u3: thermocouple(2),
    tc_u4: thermocouple(3),
    tc_l1: thermocouple(4),
    tc_l2: thermocouple(5),
    tc_l3: thermocouple(6),
    tc_l4: thermocouple(7),
    mold_friction: moldFriction(plan, mold, strand, superheat, level, forcing, noise.friction),
    oscillation_frequency: oscillationFrequency(strand, forcing, noise.friction),
    spray_flow_1: sprayFlow(0, plan, strand, forcing, noise.cooling),
    spray_flow_2: sprayFlow(1, plan, strand, forcing, noise.cooling),
    strand_surface_temp: surfaceTemperature(plan, strand, superheat, thinning, forcing, noise.cooling),
  };
  const readings = Object.fromEntries(
    channels.map((channel) => [channel, complete[channel].subarray(0, duration)]),
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
