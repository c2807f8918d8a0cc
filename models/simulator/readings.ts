import type { ByChannel } from './channels.js';
import type { Forcing } from './forcing.js';
import type { Mold } from './molds.js';
import type { CastNoise } from './noise.js';
import { moldFriction, oscillationFrequency } from './physics/friction-oscillation.js';
import type { LevelLoop } from './physics/level-loop.js';
import { waterWarming, type MoldHeat } from './physics/mold-heat.js';
import { sprayFlow, surfaceTemperature } from './physics/secondary-cooling.js';
import type { Tundish } from './physics/tundish.js';
import type { CastPlan } from './plan.js';
import { clamp, plus } from './shapes.js';
import type { Strand } from './strand.js';

/** The state of a cast, second by second, once all that couples is solved. */
export interface CastState {
  readonly plan: CastPlan;
  readonly mold: Mold;
  readonly forcing: Forcing;
  readonly strand: Strand;
  readonly tundish: Tundish;
  /** How much segregation thins the shell. */
  readonly thinning: Float64Array;
  readonly level: LevelLoop;
  readonly heat: MoldHeat;
}

/** What sound sensors make of it: the 21 channels. */
export function readingsOf(state: CastState, noise: CastNoise): ByChannel {
  const { plan, mold, forcing, strand, tundish, thinning, level, heat } = state;
  const { superheat } = tundish;
  const { gauges, friction, cooling } = noise;
  const temperature = plus(tundish.temperature, gauges.temperature);
  const waterFlow = noise.waterFlow.map((share) => mold.waterFlow * (1 + share));
  const thermocouple = (i: number): Float64Array => plus(heat.temperatures[i]!, gauges.thermocouples[i]!);
  return {
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
    mold_friction: moldFriction(plan, mold, strand, superheat, level, forcing, friction),
    oscillation_frequency: oscillationFrequency(strand, forcing, friction),
    spray_flow_1: sprayFlow(0, plan, strand, forcing, cooling),
    spray_flow_2: sprayFlow(1, plan, strand, forcing, cooling),
    strand_surface_temp: surfaceTemperature(plan, strand, superheat, thinning, forcing, cooling),
  };
}
