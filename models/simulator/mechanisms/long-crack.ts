import { ar1, at, trapezoid } from '../shapes.js';
import type { Mechanism, PlannedEvent } from './mechanism.js';

/** A longitudinal crack: a strip of thin or lifted shell, carried down one column at casting speed. */
export interface LongCrackPlan extends PlannedEvent {
  readonly type: 'long_crack';
  readonly duration: number;
  /** Column of thermocouples, 0 to 3. */
  readonly column: number;
  readonly up: number;
  /** Signal of the lower row relative to the upper one. */
  readonly lowerShare: number;
  /** Unsteadiness of the dip, relative. */
  readonly unsteadiness: number;
}

const MOLD_LENGTH = 0.8; // m
const FADE = 25; // s
const NEIGHBOURS = -0.2;

export const longCrack: Mechanism<LongCrackPlan> = {
  rate: (grade) => 0.75 * grade.crackRate,
  typicalAmplitude: 11,
  draw(random) {
    return {
      type: 'long_crack',
      amplitude: random.logNormal(this.typicalAmplitude, 0.4),
      duration: random.uniform(90, 320),
      column: random.pick([0, 1, 2, 3], [0.15, 0.35, 0.35, 0.15]),
      up: random.uniform(20, 50),
      lowerShare: random.uniform(0.55, 0.95),
      unsteadiness: random.uniform(0.15, 0.5),
    };
  },
  slot: ({ duration }) => ({ before: 0, after: duration, earliest: 900 }),
  act(event, forcing, { strand, mold }, random) {
    const n = forcing.duration;
    const dip = ar1(random, n, 7, event.unsteadiness);
    for (let t = 0; t < n; t++) {
      const depth = trapezoid(t, event.onset, event.onset + event.duration, event.up, FADE);
      dip[t] = -event.amplitude * depth * (1 + dip[t]!);
    }
    const upperTimes = strand.meniscusTimes(mold.upperDepth / 1000);
    const lowerTimes = strand.meniscusTimes(mold.lowerDepth / 1000);
    for (let t = event.onset; t < n; t++) {
      const upper = at(dip, upperTimes[t]!);
      forcing.upper[event.column]![t]! += upper;
      forcing.lower[event.column]![t]! += event.lowerShare * at(dip, lowerTimes[t]!);
      for (const neighbour of [event.column - 1, event.column + 1])
        if (neighbour >= 0 && neighbour < 4) forcing.upper[neighbour]![t]! += NEIGHBOURS * upper;
    }
  },
  span: ({ onset, duration }, { strand }) => ({
    onset,
    complete: strand.secondsUntil(onset, MOLD_LENGTH) + 20,
    end: onset + duration,
  }),
  column: (event) => event.column + 1,
  departure: (event) => event.onset,
};
