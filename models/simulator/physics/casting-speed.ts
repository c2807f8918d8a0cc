import type { Forcing } from '../forcing.js';
import { grades } from '../grades.js';
import { MOLD_EXIT } from '../mechanisms/sticker.js';
import type { TearCourse } from '../mechanisms/mechanism.js';
import type { CastPlan } from '../plan.js';
import { clamp } from '../shapes.js';
import { Strand } from '../strand.js';

export const CRAWL = 0.3; // m/min: start-up, and slow-down after a sticker
const BREAKOUT_RUN = 20; // s until a cast with a breakout has stopped

export interface CastingCourse {
  readonly strand: Strand;
  readonly tears: ReadonlyMap<string, TearCourse>;
  /** Seconds cast: fewer than planned after a breakout. */
  readonly duration: number;
}

/**
 * Moves the strand: set-point, its steps, what events add, and the slow-down once a sticker's tear has left the mold.
 * Tears go by the strand and the strand stops for tears, so both advance together.
 */
export function castStrand(plan: CastPlan, forcing: Forcing): CastingCourse {
  const setpoint = setpoints(plan, forcing);
  const pending = plan.events
    .filter((event) => event.type === 'sticker')
    .sort((one, other) => one.onset - other.onset);
  const tears = new Map<string, TearCourse>();
  const v = new Float64Array(plan.duration);
  let duration = plan.duration;
  let speed = CRAWL;
  let slowUntil = -1;
  let depth = 0;
  for (let t = 0; t < v.length; t++) {
    const target = t < slowUntil ? CRAWL : rampedUp(setpoint[t]!, t, plan.rampUp);
    speed += clamp(0.2 * (target - speed), -0.02, 0.006);
    v[t] = speed = Math.max(speed, CRAWL);
    const tear = pending[0];
    if (tear === undefined || t <= tear.onset) continue;
    depth += (tear.ratio * speed * 1000) / 60;
    if (depth < MOLD_EXIT) continue;
    slowUntil = t + Math.floor(tear.recovery);
    tears.set(tear.id, { complete: t, recovered: slowUntil });
    if (tear.breakout) duration = Math.min(duration, t + BREAKOUT_RUN);
    pending.shift();
    depth = 0;
  }
  for (const tear of pending) tears.set(tear.id, { complete: v.length - 1, recovered: v.length - 1 });
  return { strand: new Strand(v), tears, duration };
}

function setpoints(plan: CastPlan, forcing: Forcing): Float64Array {
  const { nominalSpeed } = grades[plan.grade];
  const out = new Float64Array(plan.duration).fill(plan.speedSetpoint);
  for (const { time, by } of plan.speedSteps)
    for (let t = Math.ceil(time); t < out.length; t++) out[t]! += by;
  for (let t = 0; t < out.length; t++)
    out[t] = clamp(out[t]!, 0.75 * nominalSpeed, 1.18 * nominalSpeed) + forcing.speed[t]!;
  for (const { time, closedFor, slowBy } of plan.ladles)
    for (let t = Math.ceil(time); t < Math.min(out.length, time + closedFor + 60); t++) out[t]! -= slowBy;
  return out;
}

function rampedUp(setpoint: number, t: number, rampUp: number): number {
  const wanted = Math.max(setpoint, CRAWL);
  return t > rampUp ? wanted : CRAWL + ((wanted - CRAWL) * t) / rampUp;
}
