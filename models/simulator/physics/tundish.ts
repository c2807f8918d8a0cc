import type { Forcing } from '../forcing.js';
import { grades } from '../grades.js';
import type { CastPlan, LadleChange } from '../plan.js';
import { clamp, lag } from '../shapes.js';
import type { Strand } from '../strand.js';

export interface Tundish {
  /** t */
  readonly weight: Float64Array;
  /** Steel, °C, as the thermometer's own lag shows it. */
  readonly temperature: Float64Array;
  /** °C; moves when the grade changes. */
  readonly liquidus: Float64Array;
  /** K, of the steel itself. */
  readonly superheat: Float64Array;
  /** Flux factor of the grade, which moves with it. */
  readonly flux: Float64Array;
}

const STEEL = 7.4; // t/m³
const FULL = 40; // t
const COLDEST = 10; // K: below, nobody casts
const MIXING = 150; // s until the new ladle's steel reaches the mold

/** Weight, temperature and grade of the steel in the tundish. `slowHeat` is the slow wander of the superheat, K. */
export function tundishOf(plan: CastPlan, strand: Strand, forcing: Forcing, slowHeat: Float64Array): Tundish {
  const { liquidus: nominal, flux: nominalFlux } = grades[plan.grade];
  const n = plan.duration;
  const liquidus = new Float64Array(n).fill(nominal);
  const flux = new Float64Array(n).fill(nominalFlux);
  const superheat = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    let heat = plan.superheat - (0.1 / 60) * t + slowHeat[t]!;
    for (const ladle of plan.ladles) heat += ladle.superheatStep * mixed(t, ladle, 700);
    superheat[t] = Math.max(heat, COLDEST) + forcing.superheat[t]!;
  }
  const first = plan.ladles[0];
  if (plan.gradeChange && first !== undefined) {
    for (let t = 0; t < n; t++) {
      const share = mixed(t, first, 400);
      liquidus[t]! -= 6 * share;
      flux[t]! *= 1 + 0.04 * share;
    }
  }
  const steel = superheat.map((heat, t) => heat + liquidus[t]!);
  return { weight: weightOf(plan, strand, forcing), temperature: lag(steel, 40), liquidus, superheat, flux };
}

function mixed(t: number, ladle: LadleChange, tau: number): number {
  const since = t - ladle.time - MIXING;
  return since > 0 ? 1 - Math.exp(-since / tau) : 0;
}

function weightOf(plan: CastPlan, { speed }: Strand, forcing: Forcing): Float64Array {
  const out = new Float64Array(plan.duration);
  let weight = 30;
  for (let t = 0; t < out.length; t++) {
    const outflow = STEEL * (plan.width + forcing.width[t]!) * plan.thickness * speed[t]!;
    const closed = plan.ladles.some(({ time, closedFor }) => t > time && t < time + closedFor);
    const inflow = closed ? 0 : clamp(outflow * (1 + 0.1 * (FULL - weight)), 0, 2.2 * outflow);
    out[t] = weight += (inflow - outflow) / 60;
  }
  return out;
}
