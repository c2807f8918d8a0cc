/**
 * The life-cycle of one alarm after ISA-18.2: each step takes a record and returns a new one with the reason.
 * Condition and acknowledgement are kept apart; the state is derived from both.
 */
import {
  alarmState,
  type AlarmCause,
  type AlarmEvent,
  type AlarmLevel,
  type AlarmReason,
  type AlarmRecord,
  type AlarmSource,
  type AlarmState,
  type AlarmTimes,
} from '../lib/alarm.js';
import type { CastMs, WallMs } from '../lib/clock.js';
import type { Evidence } from './evidence.js';
import { headlines, sentence } from './wording.js';

/** Cast time decides, wall time is for people. */
export interface Instant {
  readonly cast: CastMs;
  readonly wall: WallMs;
}

export interface Transition {
  readonly event: AlarmEvent;
  readonly reason: AlarmReason;
  readonly from: AlarmState;
  readonly record: AlarmRecord;
  /** Who did it; null when the risk or the time did. */
  readonly by: string | null;
  readonly at: Instant;
}

/** A risk beyond a limit, with what explains it. */
export interface Finding {
  readonly level: AlarmLevel;
  readonly risk: number;
  readonly limit: number;
  readonly models: readonly string[];
  readonly causes: readonly AlarmCause[];
}

export interface NewAlarm extends Finding {
  readonly id: string;
  readonly rule: string;
  readonly source: AlarmSource;
  readonly evidence: Evidence;
  readonly onset: CastMs;
}

export function raise(alarm: NewAlarm, now: Instant): Transition {
  const { evidence, level, id, rule, source, onset } = alarm;
  const { strand, castId, heat, grade, positionM } = evidence;
  const record: AlarmRecord = {
    ...{ id, rule, strand, castId, heat, grade, source, positionM, onset, level },
    ...found(alarm, strand),
    ...flags(level, false),
    ...{ class: '', priority: level === 'critical' ? 'urgent' : 'medium', escalatedTo: null },
    occurrences: 1,
    peakRisk: alarm.risk,
    peakValue: alarm.risk,
    ...{ confirmation: null, mechanism: null, secondOpinion: null },
    ...{ firstOut: null, inhibitedBy: null, chattering: false, fleeting: false },
    castTimes: { ...NEVER, raised: now.cast },
    wallTimes: { ...NEVER, raised: now.wall },
    acknowledgement: null,
  };
  return { event: 'raised', reason: aboveReason(level), from: 'NORM', record, by: null, at: now };
}

/** The condition came back before the alarm was acknowledged: the same alarm, active again. */
export function raiseAgain(record: AlarmRecord, finding: Finding, now: Instant): Transition {
  return {
    ...from(record, now),
    event: 'raised',
    reason: 'above-again',
    record: {
      ...record,
      ...found(finding, record.strand),
      ...flags(finding.level, false),
      level: finding.level,
      occurrences: record.occurrences + 1,
      peakRisk: Math.max(record.peakRisk ?? 0, finding.risk),
      castTimes: { ...NEVER, raised: now.cast },
      wallTimes: { ...NEVER, raised: now.wall },
    },
  };
}

/** The risk reached the higher level: that needs to be acknowledged anew (OPC UA Part 9, limit alarms). */
export function escalate(record: AlarmRecord, finding: Finding, now: Instant): Transition {
  return {
    ...from(record, now),
    event: 'escalated',
    reason: aboveReason(finding.level),
    record: {
      ...record,
      ...found(finding, record.strand),
      ...flags(finding.level, false),
      level: finding.level,
      peakRisk: Math.max(record.peakRisk ?? 0, finding.risk),
      ...timed(record, now, { escalated: 'now', acknowledged: 'never' }),
      acknowledgement: null,
    },
  };
}

/** Nobody acknowledged a warning in time. */
export function escalateIgnored(record: AlarmRecord, now: Instant): Transition {
  const seconds = (now.cast - (record.castTimes.raised ?? now.cast)) / 1000;
  return {
    ...from(record, now),
    event: 'escalated',
    reason: 'unacknowledged-too-long',
    record: {
      ...record,
      level: 'critical',
      message: sentence(
        record.strand,
        headlines.ignored(record.risk ?? 0, record.limit ?? 0, seconds),
        record.causes,
      ),
      ...timed(record, now, { escalated: 'now' }),
    },
  };
}

/** An acknowledged alarm follows the risk down to a lower level. */
export function ease(record: AlarmRecord, level: AlarmLevel, limit: number, now: Instant): Transition {
  return {
    ...from(record, now),
    event: 'eased',
    reason: 'below-critical',
    record: { ...record, level, condition: level, limit },
  };
}

export function returnToNormal(record: AlarmRecord, risk: number, now: Instant): Transition {
  return returned(
    record,
    'below-limit',
    risk,
    headlines.back(risk, record.limit ?? 0, record.peakRisk ?? 0),
    now,
  );
}

/** The cast that the condition was about is over: there is nothing left that could clear it. */
export function leaveCast(
  record: AlarmRecord,
  reason: 'cast-ended' | 'cast-restarted',
  now: Instant,
): Transition {
  return returned(
    record,
    reason,
    record.risk ?? 0,
    headlines.castOver(record.peakRisk ?? 0, record.limit ?? 0),
    now,
  );
}

export function acknowledge(record: AlarmRecord, by: string, comment: string, now: Instant): Transition {
  const over = record.condition === null;
  return {
    ...from(record, now),
    event: 'acknowledged',
    reason: 'operator',
    by,
    record: {
      ...record,
      ...flags(record.condition, true),
      ...timed(record, now, { acknowledged: 'now', ...(over ? { closed: 'now' } : {}) }),
      acknowledgement: { by, comment },
    },
  };
}

/** Ends an alarm outside its normal course. */
export function clear(
  record: AlarmRecord,
  reason: 'reset' | 'too-many-open',
  by: string | null,
  now: Instant,
): Transition {
  return {
    ...from(record, now),
    event: 'cleared',
    reason,
    by,
    record: { ...record, condition: null, state: 'NORM', ...timed(record, now, { closed: 'now' }) },
  };
}

const NEVER: AlarmTimes<never> = {
  raised: null,
  escalated: null,
  acknowledged: null,
  returned: null,
  closed: null,
};

const aboveReason = (level: AlarmLevel): AlarmReason =>
  level === 'critical' ? 'above-critical' : 'above-warning';

const from = ({ state }: AlarmRecord, at: Instant) => ({ from: state, by: null, at });

const flags = (condition: AlarmLevel | null, acknowledged: boolean) => ({
  condition,
  acknowledged,
  ...IN_SERVICE,
  state: alarmState({ condition, acknowledged, ...IN_SERVICE }),
});

const IN_SERVICE = {
  ...{ confirmed: true, latched: false, shelving: null, suppressions: [], outOfService: null, reAlarms: 0 },
} as const;

function found({ risk, limit, models, causes }: Finding, strand: string) {
  return {
    risk,
    value: risk,
    limit,
    models,
    causes,
    message: sentence(strand, headlines.above(risk, limit), causes),
  };
}

function returned(
  record: AlarmRecord,
  reason: AlarmReason,
  risk: number,
  headline: string,
  now: Instant,
): Transition {
  return {
    ...from(record, now),
    event: 'returned-to-normal',
    reason,
    record: {
      ...record,
      ...flags(null, record.acknowledged),
      risk,
      value: risk,
      message: sentence(record.strand, headline, record.causes),
      ...timed(record, now, { returned: 'now', ...(record.acknowledged ? { closed: 'now' } : {}) }),
    },
  };
}

type Moments = Partial<Record<keyof AlarmTimes<never>, 'now' | 'never'>>;

function timed({ castTimes, wallTimes }: AlarmRecord, now: Instant, moments: Moments) {
  return {
    castTimes: stamped(castTimes, now.cast, moments),
    wallTimes: stamped(wallTimes, now.wall, moments),
  };
}

function stamped<Time>(times: AlarmTimes<Time>, now: Time, moments: Moments): AlarmTimes<Time> {
  const set = Object.entries(moments).map(([moment, when]) => [moment, when === 'now' ? now : null]);
  return { ...times, ...(Object.fromEntries(set) as Partial<AlarmTimes<Time>>) };
}
