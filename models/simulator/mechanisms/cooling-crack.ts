import { addTrapezoid } from '../shapes.js';
import { STRAIGHTENER, zoneDepths } from '../physics/secondary-cooling.js';
import type { Mechanism, PlannedEvent } from './mechanism.js';

/** A spray zone gives too little (or too much) water: the surface is straightened at the wrong temperature. */
export interface CoolingCrackPlan extends PlannedEvent {
  readonly type: 'cooling_crack';
  readonly duration: number;
  readonly zone: 0 | 1;
  /** -1: over-cooling */
  readonly sign: 1 | -1;
  /** Share of the deficit that the flow meter sees: blocked nozzles hide theirs. */
  readonly visible: number;
  readonly up: number;
}

export const coolingCrack: Mechanism<CoolingCrackPlan> = {
  rate: () => 0.6,
  typicalAmplitude: 0.28,
  draw(random) {
    return {
      type: 'cooling_crack',
      amplitude: random.logNormal(this.typicalAmplitude, 0.4),
      duration: random.uniform(120, 360),
      zone: random.pick([0, 1] as const),
      sign: random.chance(0.8) ? 1 : -1,
      visible: random.chance(0.7) ? random.uniform(0.8, 1) : random.uniform(0, 0.35),
      up: random.uniform(20, 60),
    };
  },
  // The strand needs up to 500 s from the zone to the straightener.
  slot: ({ duration }) => ({ before: 0, after: duration + 500, earliest: 900 }),
  act({ amplitude, sign, zone, visible, onset, duration, up }, forcing) {
    addTrapezoid(forcing.deficit[zone], sign * amplitude, onset, onset + duration, up, 30);
    addTrapezoid(forcing.visibleDeficit[zone], sign * amplitude * visible, onset, onset + duration, up, 30);
  },
  span({ onset, duration, zone }, { strand }) {
    const toStraightener = STRAIGHTENER - zoneDepths[zone];
    const last = Math.min(Math.floor(onset + duration), strand.position.length - 1);
    return {
      onset,
      complete: strand.secondsUntil(onset, toStraightener),
      end: strand.secondsUntil(last, toStraightener),
    };
  },
  departure: (event) => event.onset,
};
