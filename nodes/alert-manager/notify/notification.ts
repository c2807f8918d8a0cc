import { crc32 } from 'node:zlib';
import type { AlarmEvent, AlarmLevel, AlarmReason, AlarmRecord } from '../../lib/alarm.js';
import type { WallMs } from '../../lib/clock.js';
import { strandName } from '../wording.js';
import type { GroupNotification } from './alert-group.js';
import type { Counts, Digest } from './rate-limit.js';

/** An alarm with the transition that people are told of. */
export interface AlarmNews {
  readonly record: AlarmRecord;
  readonly event: AlarmEvent;
  readonly reason: AlarmReason;
}

export type AlarmGroup = GroupNotification<AlarmNews>;

/** `msg` of a notification, and the body of a webhook. Mail, SMS, chat and MQTT nodes take it as it is. */
export interface Notification {
  /** A subject line. */
  readonly topic: string;
  /** The text. */
  readonly payload: string;
  readonly channel: string;
  readonly severity: AlarmLevel;
  readonly event: AlarmEvent | 'repeated' | 'digest';
  readonly reason: AlarmReason | null;
  /** The same when it has to be sent again, so that a receiver can tell that it has it. */
  readonly id: string;
  /** Wall clock, ms since the epoch. */
  readonly at: WallMs;
  readonly strand: string | null;
  /** The alarm it is about: the newest one among them. */
  readonly alarm: AlarmRecord | null;
  /** Active alarms of the group, the first-out first. */
  readonly active: readonly AlarmRecord[];
  /** Those that returned to normal, where the channel is told of that. */
  readonly returned: readonly AlarmRecord[];
  /** Of a digest: how many alarms it stands for. */
  readonly digest: (Counts & { readonly notifications: number }) | null;
}

/** Alarms listed in a text; the message holds all. */
const LISTED = 10;

/** An alarm of an earlier run as something to tell, should nobody have been told. */
export function newsOf(record: AlarmRecord): AlarmNews {
  const { condition, escalatedTo } = record;
  if (condition === null) return { record, event: 'returned-to-normal', reason: 'below-limit' };
  if (escalatedTo !== null) return { record, event: 'escalated', reason: escalatedTo };
  return { record, event: 'raised', reason: condition === 'critical' ? 'above-critical' : 'above-warning' };
}

export function notificationOf(group: AlarmGroup, channel: string): Notification {
  const { firing, resolved, verdict, at, sequence } = group;
  const severity = severityOf(group);
  const chosen = leading(group);
  const { record, event, reason } = chosen;
  const strand = sharedStrand([...firing, ...resolved].map((alert) => alert.content.record));
  return {
    topic: subject(group, severity, strand),
    payload: text(group, record),
    ...{ channel, severity, strand, at },
    event: verdict === 'repeat' ? 'repeated' : event,
    reason,
    id: idOf([channel, group.group], at, sequence),
    alarm: structuredClone(record),
    active: structuredClone(firing.map((alert) => alert.content.record)),
    returned: structuredClone(resolved.map((alert) => alert.content.record)),
    digest: null,
  };
}

/** `12 more alarms in the last minute: ...` */
export function digestOf(
  { counts, notifications, samples, since }: Digest<Notification>,
  channel: string,
  severity: AlarmLevel,
  at: WallMs,
): Notification {
  const headline = `${counted(counts)} in the last minute`;
  const strands = new Set(samples.map((sample) => sample.strand));
  const more = notifications > samples.length ? ', ...' : '';
  return {
    topic: `${nameOf(severity)} alarms: ${headline}`,
    payload: `${headline}: ${samples.map(({ payload }) => payload.split('\n', 1)[0]).join('; ')}${more}`,
    ...{ channel, severity, at },
    event: 'digest',
    reason: null,
    id: idOf([channel, severity], since, 'digest'),
    strand: strands.size === 1 && more === '' ? [...strands][0]! : null,
    alarm: null,
    active: [],
    returned: [],
    digest: { ...counts, notifications },
  };
}

/** Short and plain, since it travels in a header: `mmk3x2a0-1f2e3d4c-7`. */
function idOf(whose: readonly string[], at: WallMs, which: number | 'digest'): string {
  return `${at.toString(36)}-${crc32(JSON.stringify(whose)).toString(16).padStart(8, '0')}-${which}`;
}

/** How many alarms a notification brings. */
export function countsOf({ firing, resolved, news, verdict }: AlarmGroup): Counts {
  return {
    raised: news.length,
    returned: resolved.length,
    repeated: verdict === 'repeat' ? firing.length : 0,
  };
}

/** The highest level among the alarms that are active, or were. */
export function severityOf({ firing, resolved }: AlarmGroup): AlarmLevel {
  const all = firing.length > 0 ? firing : resolved;
  return all.some(({ content }) => content.record.level === 'critical') ? 'critical' : 'warning';
}

/** The newest that was not told before; with nothing new, the newest that ended; in a repetition the first-out. */
function leading({ firing, resolved, news }: AlarmGroup): AlarmNews {
  const fresh = firing.filter(({ fingerprint }) => news.includes(fingerprint));
  return (fresh.at(-1) ?? resolved.at(-1) ?? firing[0]!).content;
}

function subject(
  { firing, resolved, verdict, news }: AlarmGroup,
  severity: AlarmLevel,
  strand: string | null,
): string {
  const where = strand === null ? 'several strands' : strandName(strand);
  if (firing.length === 0) return `Returned to normal: ${where}${several(resolved.length)}`;
  if (verdict === 'repeat') return `Still active: ${where}${several(firing.length)}`;
  if (news.length === 0) return `Partly back to normal: ${where}${several(firing.length)}`;
  return `${nameOf(severity)} alarm: ${where}${several(firing.length)}`;
}

const several = (count: number): string => (count > 1 ? ` (${count} alarms)` : '');
const nameOf = (severity: AlarmLevel): string => (severity === 'critical' ? 'Critical' : 'Warning');

/** One alarm is its sentence; of several the first-out comes first, for it points to the cause. */
function text({ firing, resolved }: AlarmGroup, leader: AlarmRecord): string {
  if (firing.length + resolved.length === 1) return leader.message;
  const lines = [
    ...firing.map(
      ({ content }, i) => `${i === 0 && firing.length > 1 ? 'First out: ' : ''}${content.record.message}`,
    ),
    ...resolved.map(({ content }) => `Returned to normal: ${content.record.message}`),
  ];
  const rest = lines.length - LISTED;
  return [...lines.slice(0, LISTED), ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}

function sharedStrand(records: readonly AlarmRecord[]): string | null {
  const strands = new Set(records.map(({ strand }) => strand));
  return strands.size === 1 ? [...strands][0]! : null;
}

function counted({ raised, returned, repeated }: Counts): string {
  const parts = [
    raised > 0 ? `${raised} more ${raised === 1 ? 'alarm' : 'alarms'}` : '',
    returned > 0 ? `${returned} returned to normal` : '',
    repeated > 0 ? `${repeated} still active` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'alarms' : parts.join(', ');
}
