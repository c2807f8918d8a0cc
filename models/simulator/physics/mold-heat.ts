import type { Forcing } from '../forcing.js';
import type { Mold } from '../molds.js';
import type { CastPlan } from '../plan.js';
import type { Random } from '../random.js';
import { ar1, at, lag } from '../shapes.js';
import type { Strand } from '../strand.js';
import type { LevelLoop } from './level-loop.js';
import type { Tundish } from './tundish.js';

export interface MoldHeatNoise {
  /** Relative wander of the whole heat flux. */
  readonly flux: Float64Array;
  /** °C per column, where the slag film forms: the meniscus. */
  readonly film: readonly Float64Array[];
  /** °C of each thermocouple alone, upper row first. */
  readonly own: readonly Float64Array[];
}

export function moldHeatNoise(random: Random, n: number, noise: number): MoldHeatNoise {
  const four = (draw: () => Float64Array): Float64Array[] => Array.from({ length: 4 }, draw);
  return {
    flux: lag(ar1(random, n, 300, 0.012 * noise), 5),
    film: four(() => {
      const slow = ar1(random, n, 35, 1.1 * noise);
      const quick = ar1(random, n, 9, 0.55 * noise);
      return slow.map((value, t) => value + quick[t]!);
    }),
    own: [...four(() => ar1(random, n, 20, 0.7 * noise)), ...four(() => ar1(random, n, 20, 0.5 * noise))],
  };
}

export interface MoldHeat {
  /** °C, upper row first */
  readonly temperatures: readonly Float64Array[];
  /** MW/m², mean of the mold */
  readonly flux: Float64Array;
}

const CELSIUS_PER_FLUX = 68; // °C per MW/m² and profile
const COPPER = 30; // °C of the cooling water side
/** What a thermocouple's 85 °C above the water is worth in mean flux. */
const MEAN_RISE = 85;

/** Heat through the copper, seen by two rows of thermocouples and by the cooling water. */
export function moldHeat(
  plan: CastPlan,
  mold: Mold,
  strand: Strand,
  tundish: Tundish,
  thinning: Float64Array,
  { level }: LevelLoop,
  forcing: Forcing,
  noise: MoldHeatNoise,
): MoldHeat {
  const n = plan.duration;
  const flux = new Float64Array(n);
  for (let t = 0; t < n; t++)
    flux[t] =
      1.25 *
      Math.sqrt(strand.speed[t]! / 1.1) *
      tundish.flux[t]! *
      (1 + 0.004 * (tundish.superheat[t]! - 25)) *
      (1 + noise.flux[t]!) *
      forcing.heatFlux[t]!;

  const disturbance = new Float64Array(n);
  const temperatures = [0, 1].flatMap((row) => {
    const upper = row === 0;
    const depth = upper ? mold.upperDepth : mold.lowerDepth;
    const carried = strand.meniscusTimes(depth / 1000);
    const base = new Float64Array(n);
    for (let t = 0; t < n; t++) {
      const below = depth + (level[t]! - mold.levelSetpoint) * (upper ? 1 : 0.6);
      base[t] =
        CELSIUS_PER_FLUX *
        (0.55 + 1.45 * Math.exp(-below / 170)) *
        flux[t]! *
        (1 + (upper ? 0.008 : 0.014) * thinning[t]!);
    }
    return [0, 1, 2, 3].map((column) => {
      const sensor = 4 * row + column;
      const film = noise.film[column]!;
      const own = noise.own[sensor]!;
      const forced = (upper ? forcing.upper : forcing.lower)[column]!;
      const copper = new Float64Array(n);
      for (let t = 0; t < n; t++) {
        const delta = (upper ? 1 : 0.6) * at(film, carried[t]!) + own[t]! + forced[t]!;
        disturbance[t]! += delta / 8;
        copper[t] = COPPER + mold.offset[sensor]! + mold.gain[sensor]! * (base[t]! + delta);
      }
      return lag(copper, mold.lag[sensor]! * plan.conditions.thermocoupleLag);
    });
  });
  return { temperatures, flux: flux.map((value, t) => value * (1 + disturbance[t]! / MEAN_RISE)) };
}

/** Warming of the mold's cooling water, K, by its flow in l/min. */
export function waterWarming(flux: Float64Array, waterFlow: Float64Array, width: number): Float64Array {
  const settled = lag(flux, 8);
  return settled.map((value, t) => (value * 1e6 * width * 0.85) / ((waterFlow[t]! / 60) * 4186));
}
