/** What happens to alarms because time passes for people: on wall time, whatever the speed of the cast. */
import { isOffList, type AlarmLevel, type AlarmRecord } from '../lib/alarm.js';
import type { WallMs } from '../lib/clock.js';
import { conventionOf, type AlarmDesk } from './alarm-desk.js';
import { reconcileInhibition } from './inhibition.js';
import { step, timed, type Instant, type Transition } from './life-cycle.js';
import type { AlarmSettings } from './settings.js';
import { expireShelving, reAlarm } from './standing.js';

/** When something is next to be done about any alarm; null = nothing is. */
export function nextDue(open: readonly AlarmRecord[], settings: AlarmSettings): WallMs | null {
  let next = Infinity;
  for (const record of open) for (const due of duesOf(record, settings)) next = Math.min(next, due.at);
  return next === Infinity ? null : (next as WallMs);
}

/** Does what is due at `wall`: ends shelvings, brings alarms back, escalates those that nobody acknowledged. */
export function passTime(desk: AlarmDesk, wall: WallMs, settings: AlarmSettings): readonly Transition[] {
  const transitions: Transition[] = [];
  const moments = new Map<string, Instant>();
  for (const { id } of desk.book.open(null)) {
    for (const act of ['unshelve', 'escalate', 'call supervisor', 're-alarm'] as const) {
      const record = desk.book.find(id);
      if (record === null) break;
      if (!duesOf(record, settings).some((due) => due.act === act && due.at <= wall)) continue;
      const now: Instant = { cast: desk.castTimeOf(record), wall };
      const transition = ACTS[act](record, now, settings);
      desk.book.put(transition.record, settings.history);
      transitions.push(transition);
      moments.set(record.strand, now);
    }
  }
  for (const [strand, now] of moments) reconcileInhibition(desk.book, strand, transitions, now, settings);
  return transitions;
}

type Act = 'unshelve' | 'escalate' | 'call supervisor' | 're-alarm';

function duesOf(
  record: AlarmRecord,
  settings: AlarmSettings,
): readonly { readonly act: Act; readonly at: number }[] {
  if (record.shelving !== null) return [{ act: 'unshelve', at: record.shelving.until }];
  if (record.condition === null || isOffList(record)) return [];
  const { presented, escalated, reAlarmed, acknowledged } = record.wallTimes;
  const dues: { act: Act; at: number }[] = [];
  const after = (act: Act, ms: number, ...times: readonly (WallMs | null)[]): void => {
    if (ms > 0) dues.push({ act, at: Math.max(...times.map((time) => time ?? 0)) + ms });
  };
  if (!record.acknowledged && record.level === 'warning')
    after('escalate', settings.escalateAfterMs, presented);
  if (!record.acknowledged && record.level === 'critical' && record.escalatedTo === null)
    after('call supervisor', settings.supervisorAfterMs, presented, escalated);
  after('re-alarm', settings.reAlarmMs, presented, reAlarmed, acknowledged);
  return dues;
}

const ACTS: Readonly<
  Record<Act, (record: AlarmRecord, now: Instant, settings: AlarmSettings) => Transition>
> = {
  unshelve: (record, now, settings) =>
    step(
      record,
      now,
      'unshelved',
      'shelving-expired',
      expireShelving<AlarmLevel>(record, now.wall, conventionOf(settings, record.rule)),
    ),
  escalate: (record, now, { rules }) =>
    step(record, now, 'escalated', 'unacknowledged-too-long', {
      ...{ level: 'critical', message: waited(record, now) },
      priority: rules.find(({ name }) => name === record.rule)?.priority.critical ?? record.priority,
      ...timed(record, now, { escalated: 'now' }),
    }),
  'call supervisor': (record, now) =>
    step(record, now, 'escalated', 'supervisor', {
      ...{ escalatedTo: 'supervisor', message: waited(record, now) },
      ...timed(record, now, { escalated: 'now' }),
    }),
  're-alarm': (record, now) => {
    const next = reAlarm<AlarmLevel>(record);
    const change = typeof next === 'string' ? {} : next;
    return step(record, now, 're-alarmed', 're-alarm-time', {
      ...change,
      ...timed(record, now, { reAlarmed: 'now' }),
    });
  },
};

/** `...; unacknowledged for 120 s` */
function waited({ message, wallTimes }: AlarmRecord, { wall }: Instant): string {
  const seconds = (wall - (wallTimes.presented ?? wall)) / 1000;
  return `${message.replace(/; unacknowledged for \d+ s$/, '')}; unacknowledged for ${seconds.toFixed(0)} s`;
}
