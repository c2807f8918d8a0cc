import type { WallMs } from '../../lib/clock.js';

export type Labels = Readonly<Record<string, string>>;

/**
 * Why nobody is told: `heard`: somebody has acknowledged it, so only its end is news; `off-list`: shelved, suppressed or out
 * of service, so not even that. What comes back on the list is told again.
 */
export type Hush = 'no' | 'heard' | 'off-list';

/** Something to tell people about, on wall time. `Content` is what the message needs and the scheduler doesn't. */
export interface Alert<Content> {
  /** Which alarm; the same from its begin to its end. */
  readonly key: string;
  /** What was told: another one for the same key is news, such as an alarm that became critical. */
  readonly fingerprint: string;
  readonly labels: Labels;
  readonly startsAt: WallMs;
  /** Resolved from then on; null or in the future = firing. */
  readonly endsAt: WallMs | null;
  readonly hush: Hush;
  readonly content: Content;
}

export const isResolved = ({ endsAt }: Pick<Alert<unknown>, 'endsAt'>, now: WallMs): boolean =>
  endsAt !== null && endsAt <= now;

export const isHushed = ({ hush, endsAt }: Pick<Alert<unknown>, 'hush' | 'endsAt'>, now: WallMs): boolean =>
  hush === 'off-list' || (hush === 'heard' && !isResolved({ endsAt }, now));

/**
 * The same alert heard again: one occurrence keeps its earliest start, the newer content counts, and of two ends that have
 * come the later one. A new occurrence after an end has nothing to do with the one before.
 * Source: Alertmanager, types.Alert.Merge and its provider's overlap rule.
 */
export function merged<Content>(before: Alert<Content>, next: Alert<Content>, now: WallMs): Alert<Content> {
  if (!overlap(before, next)) return next;
  const startsAt = Math.min(before.startsAt, next.startsAt) as WallMs;
  return { ...next, startsAt, endsAt: laterEnd(before, next, now) };
}

function overlap(before: Alert<unknown>, next: Alert<unknown>): boolean {
  const end = (alert: Alert<unknown>): number => alert.endsAt ?? Infinity;
  const endsWithin = end(next) > before.startsAt && end(next) < end(before);
  const startsWithin = next.startsAt >= before.startsAt && next.startsAt < end(before);
  return endsWithin || startsWithin;
}

function laterEnd(before: Alert<unknown>, next: Alert<unknown>, now: WallMs): WallMs | null {
  if (next.endsAt === null || before.endsAt === null) return next.endsAt;
  const sameKind = isResolved(next, now) === isResolved(before, now);
  return sameKind ? (Math.max(before.endsAt, next.endsAt) as WallMs) : next.endsAt;
}
