import { alarmState, type AlarmRecord } from '../lib/alarm.js';
import { NEVER } from './life-cycle.js';
import { QUIET } from './standing.js';
import type { JournalEntry } from './journal-codec.js';

/** What a record of format 1 had; everything else came with format 2. */
type Record1 = Pick<
  AlarmRecord,
  'id' | 'level' | 'condition' | 'acknowledged' | 'castTimes' | 'wallTimes'
> & {
  readonly risk: number;
  readonly peakRisk: number;
};

type Entry1 =
  | { readonly kind: 'transition'; readonly record: Record1 }
  | { readonly kind: 'snapshot'; readonly open: readonly Record1[]; readonly past: readonly Record1[] };

/** An entry of format 1 (one rule, no shelving, no suppression) as one of today. */
export function upgraded(entry: unknown): JournalEntry {
  const old = entry as Entry1;
  return (
    old.kind === 'snapshot'
      ? { ...old, open: old.open.map(record), past: old.past.map(record), watches: [] }
      : { comment: '', ...old, record: record(old.record) }
  ) as JournalEntry;
}

function record(old: Record1): AlarmRecord {
  const { condition, acknowledged, castTimes, wallTimes, risk, peakRisk } = old;
  const standing = { ...QUIET, condition, acknowledged };
  return {
    ...{ label: 'defect risk', class: '', priority: old.level === 'critical' ? 'urgent' : 'medium' },
    ...{ escalatedTo: null, mechanism: null, look: null, secondOpinion: null, confirmation: null },
    ...{ firstOut: old.id, inhibitedBy: null, chattering: false, fleeting: false },
    ...(old as unknown as AlarmRecord),
    ...standing,
    // An alarm that was reset went to NORM with its acknowledgement still open.
    ...((old as unknown as AlarmRecord).state === 'NORM' ? { acknowledged: true, condition: null } : {}),
    state: (old as unknown as AlarmRecord).state === 'NORM' ? 'NORM' : alarmState(standing),
    ...{ value: risk, peakValue: peakRisk },
    castTimes: { ...NEVER, ...castTimes, presented: castTimes.raised },
    wallTimes: { ...NEVER, ...wallTimes, presented: wallTimes.raised },
  };
}
