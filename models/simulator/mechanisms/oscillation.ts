import { addTrapezoid } from '../shapes.js';
import type { Mechanism, PlannedEvent } from './mechanism.js';

/** The mold oscillates wrongly, in frequency or in stroke, and friction rises. */
export interface OscillationPlan extends PlannedEvent {
  readonly type: 'oscillation';
  readonly duration: number;
  readonly fault: 'frequency' | 'stroke';
  readonly up: number;
  /** Jitter of a stroke fault, relative to 0.05 of the amplitude. */
  readonly jitter: number;
}

export const oscillation: Mechanism<OscillationPlan> = {
  rate: () => 0.55,
  typicalAmplitude: 0.27,
  draw(random) {
    return {
      type: 'oscillation',
      amplitude: random.logNormal(this.typicalAmplitude, 0.4),
      duration: random.uniform(100, 360),
      fault: random.pick(['frequency', 'stroke'] as const),
      up: random.uniform(10, 40),
      jitter: random.uniform(0.4, 1),
    };
  },
  slot: ({ duration }) => ({ before: 0, after: duration, earliest: 900 }),
  act({ onset, duration, fault, amplitude, up, jitter }, forcing) {
    const add = (series: Float64Array, height: number): void =>
      addTrapezoid(series, height, onset, onset + duration, up, 20);
    if (fault === 'frequency') {
      add(forcing.frequency, -0.35 * amplitude);
      add(forcing.friction, 0.7 * amplitude);
    } else {
      add(forcing.jitter, 0.05 * amplitude * jitter);
      add(forcing.friction, amplitude);
    }
  },
  span: ({ onset, duration }) => ({ onset, complete: onset + 60, end: onset + duration }),
  departure: (event) => event.onset,
};
