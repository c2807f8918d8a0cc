import type { AlarmRecord } from '../lib/alarm.js';
import type { CastMs } from '../lib/clock.js';
import type { Nuisance } from './settings.js';

/** Whether an alarm was raised as often, within the window, as chattering takes; `raisedAt` holds the last ones, oldest first. */
export function isChattering(
  raisedAt: readonly CastMs[],
  { chatteringCycles, chatteringMs }: Nuisance,
): boolean {
  return (
    raisedAt.length >= chatteringCycles &&
    raisedAt[raisedAt.length - 1]! - raisedAt[raisedAt.length - chatteringCycles]! <= chatteringMs
  );
}

/**
 * The alarm that came first among those of one cause: open, of the same cast, raised within the window before this one.
 * Null when this one is the first.
 */
export function firstOutOf(
  open: readonly AlarmRecord[],
  castId: string,
  at: CastMs,
  windowMs: number,
): string | null {
  const first = open.find(
    (record) =>
      record.castId === castId &&
      record.castTimes.raised !== null &&
      record.castTimes.raised <= at &&
      at - record.castTimes.raised <= windowMs,
  );
  return first?.firstOut ?? null;
}
