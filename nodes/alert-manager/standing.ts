/**
 * How an alarm stands, and each step that changes it: condition, acknowledgement, confirmation, latch, shelving, suppression
 * and service are kept apart (OPC UA Part 9, 5.8.2), and the ISA-18.2 state is derived from them (`alarmState`).
 * A step returns the new standing, or the name of the reason why it can't be taken; then nothing changes.
 */
import {
  isOffList,
  type Acknowledgement,
  type Shelving,
  type Standing,
  type Suppression,
} from '../lib/alarm.js';
import type { WallMs } from '../lib/clock.js';

/** How alarms of one kind behave. */
export interface Convention<Level extends string> {
  /** From 1, more severe is higher. */
  readonly ranks: Readonly<Record<Level, number>>;
  /** Once active it stays until reset. */
  readonly latches: boolean;
  /** After the acknowledgement somebody has to confirm. */
  readonly asksConfirmation: boolean;
  /**
   * Where the standards differ. ISA-18.2: an alarm that comes back on the list is presented anew, or over when it is no longer
   * active; only a worse level asks for another acknowledgement. OPC UA: it comes back as it was; any other level asks.
   */
  readonly standard: 'isa-18.2' | 'opc-ua';
}

export type Refusal =
  | 'already-acknowledged'
  | 'already-confirmed'
  | 'already-shelved'
  | 'not-shelved'
  | 'shelving-time-out-of-range'
  | 'already-suppressed'
  | 'not-suppressed'
  | 'already-out-of-service'
  | 'in-service'
  | 'not-latched'
  | 'still-active'
  | 'unacknowledged'
  | 'unconfirmed'
  | 'not-active';

export type Step<Level extends string> = Standing<Level> | Refusal;

export const QUIET: Standing<never> = {
  condition: null,
  acknowledged: true,
  confirmed: true,
  latched: false,
  shelving: null,
  suppressions: [],
  outOfService: null,
  reAlarms: 0,
};

/** Whether there is anything left to do about it (OPC UA Part 9, Retain). */
export const isRetained = ({ condition, acknowledged, confirmed, latched }: Standing<string>): boolean =>
  condition !== null || !acknowledged || !confirmed || latched;

/** The condition reached another level, or returned to normal (null). */
export function withCondition<Level extends string>(
  standing: Standing<Level>,
  condition: Level | null,
  { ranks, latches, standard }: Convention<Level>,
): Standing<Level> {
  const before = standing.condition;
  if (condition === before) return standing;
  if (condition === null) {
    const shelving = standing.shelving?.kind === 'one-shot' ? null : standing.shelving;
    return { ...standing, condition, shelving, reAlarms: 0 };
  }
  const asksAnew = before === null || standard === 'opc-ua' || ranks[condition] > ranks[before];
  return {
    ...standing,
    condition,
    latched: standing.latched || latches,
    acknowledged: standing.acknowledged && !asksAnew,
  };
}

export function acknowledge<Level extends string>(
  standing: Standing<Level>,
  { asksConfirmation }: Pick<Convention<Level>, 'asksConfirmation'>,
): Step<Level> {
  if (standing.acknowledged) return 'already-acknowledged';
  return { ...standing, acknowledged: true, confirmed: !asksConfirmation, reAlarms: 0 };
}

export function confirm<Level extends string>(standing: Standing<Level>): Step<Level> {
  return standing.confirmed ? 'already-confirmed' : { ...standing, confirmed: true };
}

export interface ShelvingRequest extends Acknowledgement {
  readonly kind: Shelving['kind'];
  /** ms of wall time; a one-shot shelving without one lasts as long as allowed. */
  readonly forMs: number | null;
}

/** Shelves it, at most for `longestMs`. Another kind takes the place of the present one, the same kind is refused. */
export function shelve<Level extends string>(
  standing: Standing<Level>,
  { kind, forMs, by, comment }: ShelvingRequest,
  now: WallMs,
  longestMs: number,
): Step<Level> {
  const ms = forMs ?? longestMs;
  if (!(ms > 0 && ms <= longestMs)) return 'shelving-time-out-of-range';
  if (standing.shelving?.kind === kind) return 'already-shelved';
  return { ...standing, shelving: { kind, until: (now + ms) as WallMs, by, comment } };
}

export function unshelve<Level extends string>(
  standing: Standing<Level>,
  convention: Convention<Level>,
): Step<Level> {
  if (standing.shelving === null) return 'not-shelved';
  return backOnList({ ...standing, shelving: null }, convention, 'over');
}

/** Ends a shelving whose time is up at `now`; the same standing when it isn't. */
export function expireShelving<Level extends string>(
  standing: Standing<Level>,
  now: WallMs,
  convention: Convention<Level>,
): Standing<Level> {
  if (standing.shelving === null || now < standing.shelving.until) return standing;
  // Time alone must not do what takes a person: what returned to normal unseen still waits for its acknowledgement.
  return backOnList({ ...standing, shelving: null }, convention, 'as it was');
}

export function suppress<Level extends string>(
  standing: Standing<Level>,
  suppression: Suppression,
): Step<Level> {
  if (standing.suppressions.some(({ by }) => (by === null) === (suppression.by === null)))
    return 'already-suppressed';
  return { ...standing, suppressions: [...standing.suppressions, suppression] };
}

/** Ends the suppression by design, or that by a person. */
export function unsuppress<Level extends string>(
  standing: Standing<Level>,
  which: 'by-design' | 'by-person',
  convention: Convention<Level>,
): Step<Level> {
  const left = standing.suppressions.filter(({ by }) => (by === null) !== (which === 'by-design'));
  if (left.length === standing.suppressions.length) return 'not-suppressed';
  return backOnList({ ...standing, suppressions: left }, convention, 'over');
}

export function removeFromService<Level extends string>(
  standing: Standing<Level>,
  outOfService: Acknowledgement,
): Step<Level> {
  return standing.outOfService === null ? { ...standing, outOfService } : 'already-out-of-service';
}

export function returnToService<Level extends string>(
  standing: Standing<Level>,
  convention: Convention<Level>,
): Step<Level> {
  if (standing.outOfService === null) return 'in-service';
  return backOnList({ ...standing, outOfService: null }, convention, 'over');
}

/** OPC UA Part 9, 5.8.5: refused while anything about the alarm is still to be done. */
export function resetLatch<Level extends string>(standing: Standing<Level>): Step<Level> {
  if (!standing.latched) return 'not-latched';
  if (standing.condition !== null) return 'still-active';
  if (!standing.acknowledged) return 'unacknowledged';
  return standing.confirmed ? { ...standing, latched: false } : 'unconfirmed';
}

/** Brings an active alarm back to the operator (OPC UA Part 9, ReAlarmTime). */
export function reAlarm<Level extends string>(standing: Standing<Level>): Step<Level> {
  if (standing.condition === null) return 'not-active';
  return { ...standing, acknowledged: false, reAlarms: standing.reAlarms + 1 };
}

/**
 * What comes back on the list: see `Convention.standard`. What is still active stays as it is while another reason keeps it
 * off; what is not is over, so that no timer decides later whether a new breach is the same alarm.
 */
function backOnList<Level extends string>(
  standing: Standing<Level>,
  { standard }: Convention<Level>,
  idle: 'over' | 'as it was',
): Standing<Level> {
  if (standard === 'opc-ua') return standing;
  if (standing.condition === null)
    return idle === 'over' ? { ...standing, acknowledged: true, confirmed: true } : standing;
  return isOffList(standing) ? standing : { ...standing, acknowledged: false };
}
