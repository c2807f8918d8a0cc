import { columnPositions } from '../channels.js';
import { addTrapezoid } from '../shapes.js';
import type { Mechanism, PlannedEvent } from './mechanism.js';
import { addTearPulse } from './tear-pulse.js';

/**
 * The shell sticks to the mold and tears; the tear heals at the meniscus and tears again, sinking slower than the
 * strand until it leaves the mold: there the shell breaks out, or the operator has slowed down in time.
 */
export interface StickerPlan extends PlannedEvent {
  readonly type: 'sticker';
  /** Share of the width, from the middle. */
  readonly x: number;
  readonly ratio: number;
  readonly sidewaysLag: number;
  /** mm */
  readonly reach: number;
  readonly friction: number;
  readonly breakout: boolean;
  /** s of slow-down afterwards */
  readonly recovery: number;
  /** The speed-up that often brings it about: s before the onset, m/min. Part of the practice, so the twin has it too. */
  readonly speedUp?: { readonly before: number; readonly by: number };
}

/** Depth of the mold exit, mm. */
export const MOLD_EXIT = 800;

export const sticker: Mechanism<StickerPlan> = {
  rate: (grade) => 0.9 * grade.stickerRate,
  typicalAmplitude: 19,
  draw(random, { tearRatio }) {
    const drawn = {
      type: 'sticker',
      amplitude: random.logNormal(this.typicalAmplitude, 0.4),
      x: random.uniform(-0.45, 0.45),
      ratio: random.uniform(...tearRatio),
      sidewaysLag: Math.exp(random.uniform(Math.log(0.25), 0)),
      reach: random.chance(0.23) ? 110 : 420,
      friction: random.uniform(0.05, 0.3),
      breakout: random.chance(0.1),
      recovery: random.uniform(60, 120),
    } as const;
    return random.chance(0.35)
      ? { ...drawn, speedUp: { before: random.uniform(10, 90), by: random.uniform(0.04, 0.14) } }
      : drawn;
  },
  slot: () => ({ before: 0, after: 420, earliest: 900 }),
  act(event, forcing, scene) {
    addTearPulse(
      {
        onset: event.onset,
        x: event.x * scene.width * 1000,
        ratio: event.ratio,
        sidewaysLag: event.sidewaysLag,
        height: event.amplitude,
        reach: event.reach,
        undershoot: 1,
      },
      forcing,
      scene,
    );
    const { complete } = scene.tears.get(event.id)!;
    addTrapezoid(forcing.friction, event.friction, event.onset + 8, complete + 20, 30, 60);
  },
  span(event, { tears }) {
    const { complete } = tears.get(event.id)!;
    return { onset: event.onset, complete, end: complete };
  },
  column(event) {
    const distances = columnPositions.map((share) => Math.abs(share - event.x));
    return 1 + distances.indexOf(Math.min(...distances));
  },
  departure: (event) => event.onset,
};
