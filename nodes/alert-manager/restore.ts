import { ALARM_LEVELS, LEVEL_RANK, type AlarmLevel, type AlarmRecord } from '../lib/alarm.js';
import type { CastMs, WallMs } from '../lib/clock.js';
import type { AlarmDesk } from './alarm-desk.js';
import type { BookSnapshot } from './alarm-book.js';
import { normal, resumed, type Condition } from '../lib/alarm-condition/condition.js';
import { endOfWatch } from './life-cycle.js';
import type { WatchState } from './watch.js';

/** Everything that a node must know to go on where an earlier run of it stopped. */
export interface DeskSnapshot extends BookSnapshot {
  /** Delays in progress and active conditions. */
  readonly watches: readonly WatchState[];
}

export const EMPTY: DeskSnapshot = { open: [], past: [], watches: [] };

export const snapshotOf = ({ book, watches }: AlarmDesk): DeskSnapshot => ({
  ...book.snapshot(),
  watches: watches.snapshot(),
});

/**
 * Takes up the alarms of an earlier run of the node. Delays go on as far as cast time allows: a pending alarm counts from
 * where it began when the same cast goes on.
 */
export function restore(desk: AlarmDesk, snapshot: DeskSnapshot, wall: WallMs, keepHistory: number): void {
  const { book, watches } = desk;
  book.restore(snapshot);
  const kept = new Map(snapshot.watches.map((state) => [keyOf(state), state]));
  for (const record of snapshot.open) {
    // Only the newest alarm of a watch goes on; an active one before it lost its end to a damaged line.
    const before = watches.get(record.strand, record.rule)?.alarmId ?? null;
    const earlier = before === null ? null : book.find(before);
    if (earlier !== null && earlier.condition !== null && record.occurrences > 0)
      book.put(endOfWatch(earlier, 'cast-ended', { cast: lastTimeOf(earlier), wall }).record, keepHistory);
    const state = kept.get(keyOf(record));
    const isSameCast = state?.castId === record.castId;
    const at = Math.max(lastTimeOf(record), isSameCast ? state.at : 0) as CastMs;
    const watch = watches.of(record.strand, record.rule, record.castId, at, ALARM_LEVELS.length, Infinity);
    if (record.occurrences === 0) continue;
    watch.castId = record.castId;
    watch.lastAt = at;
    watch.condition = isSameCast && agrees(state.condition, record) ? state.condition : conditionOf(record);
    watch.alarmId = isSettled(record) ? null : record.id;
  }
  for (const { strand, rule, castId, at, condition, suppressedBy } of snapshot.watches) {
    const watch = watches.of(strand, rule, castId, at, ALARM_LEVELS.length, Infinity);
    watch.suppressedBy = suppressedBy;
    if (watch.alarmId !== null || condition.length !== ALARM_LEVELS.length) continue;
    watch.castId = castId;
    watch.lastAt = Math.max(watch.lastAt, at) as CastMs;
    watch.condition = condition;
  }
}

const keyOf = ({ strand, rule }: { readonly strand: string; readonly rule: string }): string =>
  JSON.stringify([strand, rule]);

const lastTimeOf = ({ onset, castTimes }: AlarmRecord): CastMs =>
  Math.max(onset ?? 0, ...Object.values(castTimes).map((time: CastMs | null) => time ?? 0)) as CastMs;

const conditionOf = ({ condition, onset }: AlarmRecord): Condition =>
  condition === null
    ? normal(ALARM_LEVELS)
    : resumed(
        condition,
        onset ?? (0 as CastMs),
        ALARM_LEVELS.map((level) => ({ level, above: 0, deadband: 0 })),
      );

/** Whether a condition is what the record says it is; a torn journal may have lost either. */
function agrees(condition: Condition, record: AlarmRecord): boolean {
  if (condition.length !== ALARM_LEVELS.length) return false;
  const highest = condition.findLastIndex(({ phase }) => phase === 'active');
  return highest + 1 === rankOf(record.condition);
}

const rankOf = (level: AlarmLevel | null): number => (level === null ? 0 : LEVEL_RANK[level]);

/** A value that comes back raises a new alarm. */
const isSettled = (record: AlarmRecord): boolean =>
  record.condition === null &&
  (record.acknowledged || record.acknowledgement !== null) &&
  record.confirmed &&
  !record.latched;
