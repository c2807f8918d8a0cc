import { addTrapezoid } from '../shapes.js';
import type { Mechanism, PlannedEvent } from './mechanism.js';

/**
 * Steel too hot and cast too fast for the grade: it segregates. The event itself is a state of the strand
 * (`physics/segregation-index.ts`), which may also come about without this drive, or not in spite of it.
 */
export interface SegregationPlan extends PlannedEvent {
  readonly type: 'segregation';
  readonly duration: number;
  /** m/min */
  readonly speedUp: number;
  readonly up: number;
}

export const segregation: Mechanism<SegregationPlan> = {
  rate: () => 0.7,
  /** K of superheat; the severity of the event itself is its index relative to the limit. */
  typicalAmplitude: 10,
  draw(random) {
    return {
      type: 'segregation',
      amplitude: random.uniform(6, 14),
      duration: random.uniform(500, 900),
      speedUp: random.uniform(0.08, 0.2),
      up: random.uniform(150, 300),
    };
  },
  slot: ({ duration }) => ({ before: 0, after: duration + 200, earliest: 900 }),
  practice({ onset, duration, amplitude, speedUp, up }, forcing) {
    addTrapezoid(forcing.speed, speedUp, onset - 0.3 * up, onset + duration, up, 120);
    addTrapezoid(forcing.superheat, amplitude, onset - 0.5 * up, onset + duration, 1.3 * up, 350);
  },
  span: () => null,
  departure: ({ onset, up }) => onset - 0.5 * up,
};
