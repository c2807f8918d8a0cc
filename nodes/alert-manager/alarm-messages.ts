import type { MonoMs } from '../lib/clock.js';
import type { Timings } from '../lib/messages.js';
import type { Transition } from './life-cycle.js';

/** A message to an output of the node, with whatever else it carries. */
export interface OutMessage {
  topic: string;
  payload: unknown;
  _msgid?: string;
  [property: string]: unknown;
}

/**
 * The message for a transition, on the envelope of the message that caused it. The record in it is a copy: what the
 * flow does to it doesn't reach the alarm.
 */
export function alarmMessage(
  { event, reason, from, by, comment, record, at }: Transition,
  envelope: Readonly<Record<string, unknown>>,
  stored: boolean,
  timings: Timings,
): OutMessage {
  const { strand, castId } = record;
  const own = { strand, castId, elapsed: null };
  const message = {
    ...envelope,
    topic: strand,
    timestamp: at.cast,
    cast: castIdIn(envelope) === castId ? envelope.cast : own,
    payload: structuredClone(record),
    ...{ event, reason, from, by, comment, stored, timings },
  };
  return message;
}

/** The timings of a message, or fresh ones where the flow gave none. */
export function timingsOf({ timings }: Readonly<Record<string, unknown>>, now: MonoMs): Timings {
  const { entry, stages } = (
    typeof timings === 'object' && timings !== null ? timings : {}
  ) as Partial<Timings>;
  return {
    entry: typeof entry === 'number' ? entry : now,
    stages: typeof stages === 'object' && stages !== null ? { ...stages } : {},
  };
}

const castIdIn = ({ cast }: Readonly<Record<string, unknown>>): unknown =>
  typeof cast === 'object' && cast !== null ? (cast as Record<string, unknown>).castId : undefined;
