import { eventTypes } from './mechanisms/mechanism.js';
import { detectableFrom } from './detectability.js';
import { drawNoise } from './noise.js';
import { runCast, type Cast } from './run.js';
import type { CastPlan } from './plan.js';
import type { SensorFaultPlan } from './sensor-faults.js';
import { grades } from './grades.js';

export const GENERATOR = 'strandwatch-caster 1';

/** What people and replays need to know of a cast besides its plan. */
export interface CastHeading {
  readonly id: string;
  readonly title: string;
  readonly scenario: string;
  readonly strand: string;
  readonly heat: string;
  /** ISO 8601 */
  readonly start: string;
}

export interface EventRecord {
  readonly type: string;
  readonly onset: number;
  readonly detectable: number | null;
  readonly complete: number;
  readonly end: number;
  readonly severity: number;
  readonly column?: number;
  readonly S_onset: number;
  readonly S_end: number;
}

/** A cast's line in `casts.json`. */
export interface CastIndexEntry extends CastHeading {
  readonly file: string;
  readonly grade: string;
  readonly mold: string;
  readonly duration: number;
  readonly split: string;
  readonly events: readonly EventRecord[];
  readonly sensorFaults: readonly SensorFaultPlan[];
}

export interface CastRecord {
  readonly cast: Cast;
  readonly index: CastIndexEntry;
  /** What `<id>.json` holds. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Runs a plan and writes down what happened. */
export function recordCast(plan: CastPlan, heading: CastHeading): CastRecord {
  const noise = drawNoise(plan);
  const cast = runCast(plan, noise);
  const events = cast.events.map((event) => ({
    type: event.type,
    onset: event.onset,
    detectable: detectableFrom(event, cast, noise),
    complete: event.complete,
    end: event.end,
    severity: rounded(event.severity, 3),
    ...(event.column !== undefined && { column: event.column }),
    S_onset: rounded(event.positionOnset, 3),
    S_end: rounded(event.positionEnd, 3),
  }));
  const index: CastIndexEntry = {
    ...heading,
    file: `${heading.id}.csv`,
    grade: plan.grade,
    mold: cast.mold.id,
    duration: cast.duration,
    split: plan.split,
    events,
    sensorFaults: plan.sensorFaults.filter(({ onset }) => onset < cast.duration),
  };
  const { mold, ...known } = index;
  const metadata = {
    generator: GENERATOR,
    seed: plan.seed,
    ...known,
    practice: grades[plan.grade],
    width: plan.width,
    thickness: plan.thickness,
    mold: { ...cast.mold, id: mold },
    mechanisms: eventTypes,
    hardNegatives: plan.hardNegatives.filter(({ onset }) => onset < cast.duration),
  };
  return { cast, index, metadata };
}

function rounded(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals;
}
