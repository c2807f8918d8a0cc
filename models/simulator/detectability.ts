import { channels, type Channel } from './channels.js';
import type { CastEvent } from './labels.js';
import { withoutEvent } from './plan.js';
import type { CastNoise } from './noise.js';
import { runCast, type Cast } from './run.js';

/**
 * First second in which the event shows: from its onset on, the difference to its twin, whitened by each channel's
 * own noise, adds up to a signal-to-noise ratio of 4. What no detector can beat, whatever it confuses.
 * @returns s; null if the event ends before
 */
export function detectableFrom(event: CastEvent, cast: Cast, noise: CastNoise): number | null {
  const twin = twinOf(event, cast, noise);
  let power = 0;
  for (let t = event.onset; t <= event.end; t++) {
    for (const channel of channels) {
      const real = cast.readings[channel];
      const without = twin.readings[channel];
      const { memory, step } = ordinary[channel];
      const surprise = (real[t]! - without[t]! - memory * (real[t - 1]! - without[t - 1]!)) / step;
      // A silent sensor tells nothing.
      if (!Number.isNaN(surprise)) power += surprise * surprise;
    }
    if (power >= ENOUGH * ENOUGH) return t;
  }
  return null;
}

/**
 * The cast without the event; without its effect on the shell, where no plan stands behind a segregation.
 * Cut short after the event: nothing in a cast depends on what comes later.
 */
function twinOf(event: CastEvent, cast: Cast, noise: CastNoise): Cast {
  const plan = { ...cast.plan, duration: event.end + 1 };
  return event.cause === null
    ? runCast(plan, noise, { rigidShell: event })
    : runCast(withoutEvent(plan, event.cause), noise);
}

const ENOUGH = 4;

/**
 * Each channel as a first-order autoregression: correlation from second to second, deviation of what is new.
 * Medians over event-free training casts; a spec fits them again.
 */
export const ordinary: Readonly<Record<Channel, { readonly memory: number; readonly step: number }>> = {
  casting_speed: { memory: 0.995, step: 0.0057 },
  mold_level: { memory: 0.938, step: 0.67 },
  stopper_position: { memory: 0.986, step: 0.39 },
  tundish_weight: { memory: 0.989, step: 0.21 },
  tundish_temperature: { memory: 0.853, step: 0.85 },
  superheat: { memory: 0.841, step: 0.85 },
  mold_water_flow: { memory: 0.888, step: 11 },
  mold_water_delta_t: { memory: 0.951, step: 0.043 },
  tc_u1: { memory: 0.985, step: 0.6 },
  tc_u2: { memory: 0.985, step: 0.6 },
  tc_u3: { memory: 0.985, step: 0.6 },
  tc_u4: { memory: 0.985, step: 0.6 },
  tc_l1: { memory: 0.965, step: 0.59 },
  tc_l2: { memory: 0.965, step: 0.59 },
  tc_l3: { memory: 0.965, step: 0.59 },
  tc_l4: { memory: 0.965, step: 0.59 },
  mold_friction: { memory: 0.786, step: 0.4 },
  oscillation_frequency: { memory: 0.993, step: 0.51 },
  spray_flow_1: { memory: 0.974, step: 2.7 },
  spray_flow_2: { memory: 0.968, step: 4.2 },
  strand_surface_temp: { memory: 0.886, step: 6.4 },
};
