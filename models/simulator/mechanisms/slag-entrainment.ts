import { addTrapezoid, ar1, clamp, smoothstep, trapezoid } from '../shapes.js';
import type { Mechanism, PlannedEvent } from './mechanism.js';

/** The nozzle clogs, then sheds lumps: flow surges, the meniscus is stirred up, slag gets drawn in. */
export interface SlagEntrainmentPlan extends PlannedEvent {
  readonly type: 'slag_entrainment';
  readonly duration: number;
  /** s of clogging before the first release */
  readonly clogging: number;
  /** Releases: s after the onset, and size relative to the amplitude. */
  readonly releases: readonly { readonly after: number; readonly size: number }[];
  /** Side that cools, and by how much. */
  readonly asymmetry: number;
  /** s from the onset until slag is caught in the shell */
  readonly caughtAfter: number;
}

const TYPICAL_TURBULENCE = 0.11;
const RELEASE = 1.2;
const REBUILT = 0.7;

export const slagEntrainment: Mechanism<SlagEntrainmentPlan> = {
  rate: () => 0.65,
  typicalAmplitude: 0.16,
  draw(random) {
    const duration = random.uniform(80, 240);
    const times = Array.from({ length: random.integer(2, 5) }, () => random.uniform(0, 0.85 * duration));
    times.sort((one, other) => one - other);
    times[0] = 0;
    return {
      type: 'slag_entrainment',
      amplitude: random.logNormal(this.typicalAmplitude, 0.35),
      duration,
      clogging: random.uniform(400, 1000),
      releases: times.map((after) => ({ after, size: random.uniform(0.5, 1) })),
      asymmetry: random.sign() * random.uniform(0.3, 1),
      caughtAfter: random.uniform(30, 80),
    };
  },
  slot: ({ duration, clogging }) => ({ before: 200, after: duration, earliest: 700 + clogging }),
  act(event, forcing, _scene, random) {
    const n = forcing.duration;
    const relative = event.amplitude / TYPICAL_TURBULENCE;
    const last = event.onset + event.duration;
    for (let t = Math.max(0, Math.floor(event.onset - event.clogging)); t < n; t++)
      forcing.clogging[t]! += cloggingAt(t, event);
    addTrapezoid(forcing.turbulence, relative, event.onset, last, 15, 30);
    // As long as the event, whatever is left of the cast: the streams stay the same in a cast cut short.
    const stirredFor = Math.ceil(event.duration) + 31;
    const agitation = Array.from({ length: 4 }, () => ar1(random, stirredFor, 6, 1));
    const rattle = ar1(random, stirredFor, 5, 0.05);
    for (let i = 0; i < Math.min(n - event.onset, stirredFor); i++) {
      const t = event.onset + i;
      const stirred = relative * trapezoid(t, event.onset, last, 15, 30);
      forcing.friction[t]! += stirred * rattle[i]!;
      for (let column = 0; column < 4; column++) {
        const split = (column < 2 ? -1 : 1) * event.asymmetry * stirred;
        forcing.upper[column]![t]! += 1.8 * split + stirred * agitation[column]![i]!;
        forcing.lower[column]![t]! += 1.1 * split;
      }
    }
  },
  span: ({ onset, duration, caughtAfter }) => ({
    onset,
    complete: onset + caughtAfter,
    end: onset + duration,
  }),
  departure: (event) => event.onset - event.clogging,
};

function cloggingAt(t: number, { onset, clogging, amplitude, releases }: SlagEntrainmentPlan): number {
  let share = 0.5 * releases.length * amplitude * clamp((t - onset + clogging) / clogging, 0, 1);
  releases.forEach(({ after, size }, i) => {
    share -= RELEASE * amplitude * size * smoothstep((t - onset - after) / 3);
    const next = releases[i + 1];
    if (next !== undefined) {
      const rebuilding = Math.max(next.after - after - 5, 8);
      share += REBUILT * amplitude * size * clamp((t - onset - after - 5) / rebuilding, 0, 1);
    }
  });
  return share;
}
