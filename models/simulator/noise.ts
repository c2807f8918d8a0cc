import { moldOf } from './molds.js';
import { frictionNoise, type FrictionNoise } from './physics/friction-oscillation.js';
import { levelNoise, type LevelNoise } from './physics/level-loop.js';
import { moldHeatNoise, type MoldHeatNoise } from './physics/mold-heat.js';
import { coolingNoise, type CoolingNoise } from './physics/secondary-cooling.js';
import type { CastPlan } from './plan.js';
import { streamsOf } from './random.js';
import { ar1, whiteNoise } from './shapes.js';

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
  const noise = moldOf(plan.mold).noise * plan.conditions.noise;
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
