/**
 * The life of one alarm: each step takes a record and returns the transition to a new one, with the reason.
 * What a step does to the standing is decided in `standing.ts`; here it gets its words and its times.
 */
import {
  alarmState,
  type AlarmCause,
  type AlarmEvent,
  type AlarmLevel,
  type AlarmReason,
  type AlarmRecord,
  type AlarmState,
  type AlarmTimes,
  type LikelyMechanism,
  type Look,
  type SecondOpinion,
  type Standing,
} from '../lib/alarm.js';
import type { CastMs, WallMs } from '../lib/clock.js';
import { isRisk, type AlarmRule } from './alarm-rule.js';
import type { Evidence } from './evidence.js';
import { unwatchedMessage, quietMessage, raisedMessage, returnedMessage } from './headline.js';
import { QUIET, withCondition } from './standing.js';

/** Cast time decides about conditions, wall time about people. */
export interface Instant {
  readonly cast: CastMs;
  readonly wall: WallMs;
}

/** Who gave a command, and what they said. */
export interface Operator {
  readonly by: string;
  readonly comment: string;
}

export interface Transition {
  readonly event: AlarmEvent;
  readonly reason: AlarmReason;
  readonly from: AlarmState;
  readonly record: AlarmRecord;
  /** Who did it; null when the value or the time did. */
  readonly by: string | null;
  readonly comment: string;
  readonly at: Instant;
}

/** A value beyond a limit, with what explains it. */
export interface Finding {
  readonly level: AlarmLevel;
  readonly value: number;
  readonly limit: number;
  readonly models: readonly string[];
  readonly causes: readonly AlarmCause[];
  readonly details: readonly string[];
  readonly mechanism: LikelyMechanism | null;
  readonly look: Look | null;
  readonly secondOpinion: SecondOpinion | null;
}

/** Reasons to be off the list that a new alarm takes over. */
export type OffList = Pick<Standing, 'shelving' | 'suppressions' | 'outOfService'>;

export interface NewAlarm extends Finding {
  readonly id: string;
  readonly rule: AlarmRule;
  readonly evidence: Evidence;
  readonly onset: CastMs;
  readonly offList: OffList;
  readonly firstOut: string | null;
  readonly chattering: boolean;
}

export function raise(alarm: NewAlarm, now: Instant): Transition {
  const { evidence, level, id, rule, onset, firstOut, chattering } = alarm;
  const { strand, castId, heat, grade, positionM } = evidence;
  const blank: AlarmRecord = {
    ...BLANK,
    ...{ id, strand, castId, heat, grade, positionM, onset, firstOut: firstOut ?? id, chattering },
    ...namesOf(rule),
    ...alarm.offList,
    ...{ level, priority: rule.priority[level] },
  };
  return raised(blank, alarm, rule, aboveLevel(level), now);
}

/** The condition came back before the life of the alarm was over: the same alarm, active again. */
export const raiseAgain = (
  record: AlarmRecord,
  finding: Finding,
  rule: AlarmRule,
  chattering: boolean,
  now: Instant,
): Transition => raised({ ...record, chattering }, finding, rule, 'above-again', now);

/** The value reached the higher level: that needs to be acknowledged anew (OPC UA Part 9, limit alarms). */
export function escalate(record: AlarmRecord, finding: Finding, rule: AlarmRule, now: Instant): Transition {
  return step(record, now, 'escalated', aboveLevel(finding.level), {
    ...withCondition<AlarmLevel>(record, finding.level, rule.convention),
    ...found(record, finding, rule),
    level: finding.level,
    priority: rule.priority[finding.level],
    ...timed(record, now, { escalated: 'now', acknowledged: 'never' }),
    ...{ acknowledgement: null, confirmation: null, inhibitedBy: null },
  });
}

/** The value fell to the lower level. What is shown follows once acknowledged. */
export function ease(
  record: AlarmRecord,
  level: AlarmLevel,
  limit: number,
  rule: AlarmRule,
  now: Instant,
): Transition {
  const standing = withCondition<AlarmLevel>(record, level, rule.convention);
  const follows = record.acknowledged || rule.convention.standard === 'opc-ua';
  const shown = follows ? { level, priority: rule.priority[level] } : {};
  return step(record, now, 'eased', 'below-critical', { ...standing, limit, ...shown });
}

export function returnToNormal(
  record: AlarmRecord,
  value: number,
  rule: AlarmRule,
  fleetingMs: number,
  now: Instant,
): Transition {
  const { raised: since } = record.castTimes;
  return step(record, now, 'returned-to-normal', 'below-limit', {
    ...withCondition<AlarmLevel>(record, null, rule.convention),
    ...valued(record, value),
    message: returnedMessage(record, value),
    ...timed(record, now, { returned: 'now' }),
    ...{ inhibitedBy: null, fleeting: since !== null && now.cast - since < fleetingMs },
  });
}

/** Why nobody watches a condition any more. */
export type EndOfWatch = 'cast-ended' | 'cast-restarted' | 'rule-removed';

/** What the condition was about is over: there is nothing left that could clear it. */
export function endOfWatch(record: AlarmRecord, reason: EndOfWatch, now: Instant): Transition {
  const shelving = record.shelving?.kind === 'one-shot' ? null : record.shelving;
  return step(record, now, 'returned-to-normal', reason, {
    ...{
      condition: null,
      shelving,
      reAlarms: 0,
      inhibitedBy: null,
      message: unwatchedMessage(record, reason),
    },
    ...timed(record, now, { returned: 'now' }),
  });
}

/** A quiet alarm that somebody takes off the list: it has no value, no onset and no cast. */
export const quietRecord = (strand: string, rule: AlarmRule, id: string): AlarmRecord => ({
  ...BLANK,
  ...{ id, strand, message: quietMessage(strand, rule.label) },
  ...namesOf(rule),
});

/** One transition: the record with what changed, its state derived anew and the times that follow from it. */
export function step(
  record: AlarmRecord,
  now: Instant,
  event: AlarmEvent,
  reason: AlarmReason,
  change: Partial<AlarmRecord>,
  operator: Operator | null = null,
): Transition {
  const next = { ...record, ...change };
  const state = alarmState(next);
  const moments: Moments = {
    ...(state === 'UNACK' && record.state !== 'UNACK' ? { presented: 'now' } : {}),
    ...(state === 'NORM' && record.state !== 'NORM' ? { closed: 'now' } : {}),
  };
  return {
    ...{ event, reason, from: record.state },
    record: { ...next, state, ...timed(next, now, moments) },
    ...{ by: operator?.by ?? null, comment: operator?.comment ?? '', at: now },
  };
}

export const NEVER: AlarmTimes<never> = {
  raised: null,
  presented: null,
  escalated: null,
  reAlarmed: null,
  acknowledged: null,
  returned: null,
  closed: null,
};

const BLANK: AlarmRecord = {
  ...QUIET,
  ...{ id: '', rule: '', label: '', class: '', strand: '', castId: '', heat: null, grade: null },
  ...{ source: 'ensemble', models: [], state: 'NORM', level: 'warning', priority: 'low', escalatedTo: null },
  ...{ occurrences: 0, value: null, peakValue: null, limit: null, risk: null, peakRisk: null },
  ...{ positionM: null, onset: null, castTimes: NEVER, wallTimes: NEVER, message: '', causes: [] },
  ...{ mechanism: null, look: null, secondOpinion: null, acknowledgement: null, confirmation: null },
  ...{ firstOut: null, inhibitedBy: null, chattering: false, fleeting: false },
};

const namesOf = ({ name, label, class: kind, source, priority }: AlarmRule) => ({
  ...{ rule: name, label, class: kind, source, priority: priority.warning },
});

const aboveLevel = (level: AlarmLevel): AlarmReason =>
  level === 'critical' ? 'above-critical' : 'above-warning';

function raised(
  record: AlarmRecord,
  finding: Finding,
  rule: AlarmRule,
  reason: AlarmReason,
  now: Instant,
): Transition {
  return step(record, now, 'raised', reason, {
    ...withCondition<AlarmLevel>(record, finding.level, rule.convention),
    ...found(record, finding, rule),
    level: finding.level,
    priority: rule.priority[finding.level],
    occurrences: record.occurrences + 1,
    ...{ escalatedTo: null, acknowledgement: null, confirmation: null, inhibitedBy: null, fleeting: false },
    castTimes: { ...NEVER, raised: now.cast },
    wallTimes: { ...NEVER, raised: now.wall },
  });
}

function found(record: AlarmRecord, finding: Finding, rule: AlarmRule) {
  const { value, limit, models, causes, mechanism, look, secondOpinion } = finding;
  const { strand, heat, grade } = record;
  const told = { ...finding, strand, heat, grade, label: rule.label, source: rule.source };
  return {
    ...{ limit, models, causes, mechanism, look, secondOpinion },
    ...valued({ ...record, source: rule.source }, value),
    message: raisedMessage(told, rule.template),
  };
}

/** The latest value, the highest, and both as a risk where they are one. */
export function valued(record: Pick<AlarmRecord, 'source' | 'peakValue'>, value: number) {
  const peakValue = Math.max(record.peakValue ?? value, value);
  const risk = isRisk(record) ? { risk: value, peakRisk: peakValue } : { risk: null, peakRisk: null };
  return { value, peakValue, ...risk };
}

type Moments = Partial<Record<keyof AlarmTimes<never>, 'now' | 'never'>>;

/** The times of a record with those moments set anew. */
export function timed({ castTimes, wallTimes }: AlarmRecord, now: Instant, moments: Moments) {
  return {
    castTimes: stamped(castTimes, now.cast, moments),
    wallTimes: stamped(wallTimes, now.wall, moments),
  };
}

function stamped<Time>(times: AlarmTimes<Time>, now: Time, moments: Moments): AlarmTimes<Time> {
  const set = Object.entries(moments).map(([moment, when]) => [moment, when === 'now' ? now : null]);
  return { ...times, ...(Object.fromEntries(set) as Partial<AlarmTimes<Time>>) };
}
