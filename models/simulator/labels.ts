import { mechanisms } from './mechanisms/all.js';
import { eventTypes, type EventType, type Scene } from './mechanisms/mechanism.js';
import { STRAIGHTENER } from './physics/secondary-cooling.js';
import { SEGREGATION_LIMIT, type Crossing } from './physics/segregation-index.js';
import type { CastPlan } from './plan.js';

/** What really went wrong in a cast. Times in s, positions in m of strand. */
export interface CastEvent {
  readonly type: EventType;
  /** The plan's event behind it; null for a segregation that came about by itself. */
  readonly cause: string | null;
  readonly onset: number;
  readonly complete: number;
  readonly end: number;
  /** Amplitude relative to the mechanism's typical one; for segregation, peak index relative to its limit. */
  readonly severity: number;
  /** Column of thermocouples, 1 to 4. */
  readonly column?: number;
  readonly positionOnset: number;
  readonly positionEnd: number;
}

const START_UP = 600; // s
const AFTER_RECOVERY = 240; // s

/** Events in order of onset, without those that a breakout cut short. */
export function eventsOf(
  plan: CastPlan,
  scene: Scene,
  crossings: readonly Crossing[],
  duration: number,
): readonly CastEvent[] {
  const { position } = scene.strand;
  const last = duration - 1;
  const within = (event: Omit<CastEvent, 'positionOnset' | 'positionEnd'>): CastEvent => {
    const end = Math.min(Math.floor(event.end), last);
    return {
      ...event,
      complete: Math.min(Math.floor(event.complete), last),
      end,
      positionOnset: position[event.onset]!,
      positionEnd: position[end]!,
    };
  };
  const events: CastEvent[] = [];
  for (const event of plan.events) {
    const mechanism = mechanisms[event.type];
    const span = mechanism.span(event, scene);
    if (span === null || span.onset > duration - 30) continue;
    const column = mechanism.column?.(event);
    events.push(
      within({
        type: event.type,
        cause: event.id,
        ...span,
        severity: event.amplitude / mechanism.typicalAmplitude,
        ...(column !== undefined && { column }),
      }),
    );
  }
  for (const { onset, end, peak } of crossings) {
    if (onset > duration - 60) continue;
    const drive = plan.events.find(
      (event) =>
        event.type === 'segregation' &&
        onset >= mechanisms.segregation.departure(event) &&
        onset <= event.onset + event.duration,
    );
    events.push(
      within({
        type: 'segregation',
        cause: drive?.id ?? null,
        onset,
        complete: scene.strand.secondsUntil(onset, STRAIGHTENER),
        end,
        severity: peak / SEGREGATION_LIMIT,
      }),
    );
  }
  return events.sort((one, other) => one.onset - other.onset);
}

export interface Labels {
  /** 0, or 1..6 in the order of `eventTypes`. */
  readonly mechanism: Uint8Array;
  /** 1 where a second counts neither way: start-up, and recovery from a sticker. */
  readonly ignore: Uint8Array;
  /** 1 while any sensor is faulty. */
  readonly sensorFault: Uint8Array;
}

export function labelsOf(
  plan: CastPlan,
  { tears }: Scene,
  events: readonly CastEvent[],
  duration: number,
): Labels {
  const mechanism = new Uint8Array(duration);
  const ignore = new Uint8Array(duration).fill(1, 0, START_UP);
  const sensorFault = new Uint8Array(duration);
  // The state of the strand has the last word where a segregation overlaps another event.
  for (const segregation of [false, true])
    for (const { type, onset, end } of events)
      if ((type === 'segregation') === segregation)
        mechanism.fill(1 + eventTypes.indexOf(type), onset, end + 1);
  for (const { complete, recovered } of tears.values())
    ignore.fill(1, complete + 1, recovered + AFTER_RECOVERY);
  for (const { onset, end } of plan.sensorFaults) sensorFault.fill(1, onset, end);
  return { mechanism, ignore, sensorFault };
}
