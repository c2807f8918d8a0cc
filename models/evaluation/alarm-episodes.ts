/**
 * Alarm seconds against true events: docs/caster.md, section 7. `models/training/evaluate.py` counts in the same way.
 *
 * Per second of a cast an alarm is on (1) or off (0); ignored seconds are off.
 */
import type { TrueEvent } from './truth.js';

/** s between two alarm seconds that still make one episode. */
const MERGE_GAP = 60;
/** s around an event in which an episode may begin without being false. */
const BEFORE = 60;
const AFTER = 120;
/** A false episode counts once more for each further so many s. */
const REPEAT = 600;
/** s of lead that help; a sticker's strand must still be slowed down. */
const NEEDED_LEAD: Readonly<Record<string, number>> = { sticker: 5 };

/** First and last alarm second, both included. */
export interface Episode {
  readonly start: number;
  readonly end: number;
}

/** What an alarm made of one cast. */
export interface CastOutcome {
  readonly falseAlarms: number;
  /** Per event: `complete` minus the first alarm second in it, s; NaN when there is none. */
  readonly leads: Float64Array;
}

export function episodesOf(alarm: Uint8Array): Episode[] {
  const episodes: { start: number; end: number }[] = [];
  let last: { start: number; end: number } | undefined;
  for (let second = 0; second < alarm.length; second++) {
    if (alarm[second] === 0) continue;
    if (last !== undefined && second - last.end <= MERGE_GAP) last.end = second;
    else episodes.push((last = { start: second, end: second }));
  }
  return episodes;
}

/** Per second: 1 where an episode may begin because of an event. */
export function excusedSeconds(events: readonly TrueEvent[], seconds: number): Uint8Array {
  const excused = new Uint8Array(seconds);
  for (const { onset, end } of events) excused.fill(1, Math.max(onset - BEFORE, 0), end + AFTER + 1);
  return excused;
}

/**
 * An episode that begins where nothing excuses it is false, and counts once more for each further full 600 s until it
 * ends or meets an event's surroundings.
 */
export function falseAlarmsIn(alarm: Uint8Array, excused: Uint8Array): number {
  let count = 0;
  for (const { start, end } of episodesOf(alarm)) {
    if (excused[start] === 1) continue;
    let outside = start;
    while (outside < end && excused[outside] === 0) outside++;
    count += 1 + Math.floor((outside - start) / REPEAT);
  }
  return count;
}

/** Lead of the first alarm second in [onset, end], s; negative when it came after completion; NaN when there is none. */
export function leadOf(alarm: Uint8Array, { onset, complete, end }: TrueEvent): number {
  for (let second = onset; second <= end && second < alarm.length; second++)
    if (alarm[second] === 1) return complete - second;
  return NaN;
}

/** Whether an alarm with this lead left the time that the mechanism needs; false for NaN. */
export const isTimely = ({ type }: Pick<TrueEvent, 'type'>, lead: number): boolean =>
  lead >= (NEEDED_LEAD[type] ?? 0);

export function outcomeOf(alarm: Uint8Array, events: readonly TrueEvent[], excused: Uint8Array): CastOutcome {
  return {
    falseAlarms: falseAlarmsIn(alarm, excused),
    leads: Float64Array.from(events, (event) => leadOf(alarm, event)),
  };
}
