import { columnPositions } from '../channels.js';
import type { Forcing } from '../forcing.js';
import type { Scene } from './mechanism.js';

/** A torn shell travelling down the mold: hot where the tear is, cold behind it. */
export interface TearPulse {
  readonly onset: number;
  /** mm from the mold's middle. */
  readonly x: number;
  /** Speed relative to the strand. */
  readonly ratio: number;
  /** mm that the tear lags per mm sideways; 0 keeps it in one column. */
  readonly sidewaysLag: number;
  /** °C at the upper row. */
  readonly height: number;
  /** mm over which it fades sideways. */
  readonly reach: number;
  /** Share of the cold undershoot behind the tear. */
  readonly undershoot: number;
  /** mm below the meniscus at which it stops and heals. */
  readonly stopsAt?: number;
}

const LOWER_ROW = 0.75;
const ONE_COLUMN = 200; // mm
const HEALING = 14; // s
/** mm behind the tear where the undershoot begins, and over which it fades. */
const BEHIND = 120;
const FADING = 900;
/** Exponents beyond which a term counts as nothing (3e-7) or, before a sigmoid, as all. */
const NEGLIGIBLE = 15;

/** Adds the pulse to the thermocouples: sticker, and what only looks like one. */
export function addTearPulse(pulse: TearPulse, forcing: Forcing, { strand, mold, width }: Scene): void {
  const { position } = strand;
  const start = position[pulse.onset]!;
  const stopsAt = pulse.stopsAt ?? Infinity;
  const distances = columnPositions.map((share) => Math.abs(share * width * 1000 - pulse.x));
  const heights = distances.map((distance) =>
    pulse.sidewaysLag === 0 && distance > ONE_COLUMN ? 0 : pulse.height * Math.exp(-distance / pulse.reach),
  );
  const farthest = mold.lowerDepth + pulse.sidewaysLag * Math.max(...distances);
  const forgotten = farthest + BEHIND + NEGLIGIBLE * FADING;
  let stoppedAt = Infinity;
  for (let t = pulse.onset; t < forcing.duration; t++) {
    let depth = pulse.ratio * (position[t]! - start) * 1000;
    if (depth >= stopsAt) {
      stoppedAt = Math.min(stoppedAt, t);
      depth = stopsAt;
    }
    if (depth > forgotten || t - stoppedAt > NEGLIGIBLE * HEALING) return;
    const left = t > stoppedAt ? Math.exp(-(t - stoppedAt) / HEALING) : 1;
    for (let column = 0; column < 4; column++) {
      const height = heights[column]! * left;
      if (height === 0) continue;
      const delayed = depth - pulse.sidewaysLag * distances[column]!;
      forcing.upper[column]![t]! += height * profile(delayed - mold.upperDepth, pulse.undershoot);
      forcing.lower[column]![t]! += LOWER_ROW * height * profile(delayed - mold.lowerDepth, pulse.undershoot);
    }
  }
}

/** Signal of a thermocouple `past` mm above a tear of height 1. */
function profile(past: number, undershoot: number): number {
  const width = past / 60;
  const hot = Math.abs(width) < 6 ? Math.exp(-0.5 * width * width) : 0;
  const behind = past - BEHIND;
  if (behind < -NEGLIGIBLE * 35) return hot;
  const cold = behind < NEGLIGIBLE * 35 ? 1 / (1 + Math.exp(-behind / 35)) : 1;
  return hot - undershoot * 0.5 * cold * (behind > 0 ? Math.exp(-behind / FADING) : 1);
}
