import { isOffList, type AlarmLevel, type AlarmRecord } from '../../lib/alarm.js';
import { wallMs, type WallMs } from '../../lib/clock.js';
import type { Alert } from './alert.js';
import type { GroupLog } from './alert-group.js';
import type { Channel, NotifySettings } from './channel.js';
import { Dispatcher } from './dispatcher.js';
import { isInhibited, type InhibitRule } from './inhibit.js';
import {
  countsOf,
  digestOf,
  notificationOf,
  severityOf,
  type AlarmNews,
  type Notification,
} from './notification.js';
import { RateLimit } from './rate-limit.js';

/** What was told of a group by a channel; `log` is what a restart has to know. */
export interface ToldEntry {
  readonly channel: string;
  readonly group: string;
  readonly log: GroupLog;
}

/** A notification that leaves, and what is then known to be told. */
export interface Leaving {
  readonly channel: Channel;
  readonly notification: Notification;
}

export interface Outcome {
  readonly leaving: readonly Leaving[];
  /** Changed by this run. */
  readonly told: readonly ToldEntry[];
}

const CRITICAL_OVER_WARNING: InhibitRule = {
  source: { level: 'critical' },
  target: { level: 'warning' },
  equal: ['strand'],
};

interface ChannelState {
  channel: Channel;
  readonly dispatcher: Dispatcher<AlarmNews>;
  readonly limits: Readonly<Record<AlarmLevel, RateLimit<Notification>>>;
}

/**
 * Decides who is told what and when, for all channels, on wall time. Pure: the caller brings alarms and the time, and comes
 * back at `dueAt`. What it holds is bounded by the open alarms, `MAX_GROUPS` and the channels.
 */
export class Notifier {
  private readonly states = new Map<string, ChannelState>();
  /** Active alarms on the operators' list: what may inhibit others. */
  private readonly active = new Map<string, Alert<AlarmNews>>();
  private rules: readonly InhibitRule[] = [];
  private ratePerMinute = 0;

  configure({ channels, inhibit, ratePerMinute }: NotifySettings): void {
    this.rules = inhibit ? [CRITICAL_OVER_WARNING] : [];
    this.ratePerMinute = ratePerMinute;
    const names = new Set(channels.map(({ name }) => name));
    for (const name of this.states.keys()) if (!names.has(name)) this.states.delete(name);
    for (const channel of channels) {
      const known = this.states.get(channel.name);
      if (known === undefined) this.states.set(channel.name, newState(channel));
      else {
        known.channel = channel;
        known.dispatcher.change(channel.route);
      }
    }
  }

  /** A new version of an alarm. `channels`: names of those that its rule asks for; null = all. */
  hear(news: AlarmNews, channels: readonly string[] | null, now: WallMs): void {
    const alert = alertOf(news);
    if (alert === null) return;
    if (alert.endsAt === null && alert.hush !== 'off-list') this.active.set(alert.key, alert);
    else this.active.delete(alert.key);
    for (const { channel, dispatcher } of this.states.values())
      if (takes(channel, news.record, channels) || dispatcher.knows(alert.key)) dispatcher.accept(alert, now);
  }

  /** When `run` has something to do; null = never. */
  get dueAt(): WallMs | null {
    let due = Infinity;
    for (const { dispatcher, limits } of this.states.values()) {
      const times = [dispatcher.dueAt, limits.warning.dueAt, limits.critical.dueAt];
      for (const time of times) if (time !== null && time < due) due = time;
    }
    return due === Infinity ? null : wallMs(due);
  }

  /** Everything that is due. */
  run(now: WallMs): Outcome {
    const leaving: Leaving[] = [];
    const told: ToldEntry[] = [];
    const isHeldBack = ({ labels }: Alert<AlarmNews>): boolean =>
      isInhibited(labels, this.rules, this.active.values(), now);
    for (const { channel, dispatcher, limits } of this.states.values()) {
      for (const level of ['critical', 'warning'] as const) {
        const digest = limits[level].take(now);
        if (digest !== null)
          leaving.push({ channel, notification: digestOf(digest, channel.name, level, now) });
      }
      const before = new Map(dispatcher.logs());
      for (const group of dispatcher.run(now, isHeldBack)) {
        const notification = notificationOf(group, channel.name);
        if (limits[severityOf(group)].admit(notification, countsOf(group), this.ratePerMinute, now))
          leaving.push({ channel, notification });
      }
      for (const [group, log] of dispatcher.logs())
        if (before.get(group) !== log) told.push({ channel: channel.name, group, log });
    }
    return { leaving, told };
  }

  /** All that was told, for a snapshot. */
  told(): readonly ToldEntry[] {
    return [...this.states.values()].flatMap(({ channel, dispatcher }) =>
      [...dispatcher.logs()].map(([group, log]) => ({ channel: channel.name, group, log })),
    );
  }

  /** The digests that are held back, before their time: the end has come. */
  flush(now: WallMs): readonly Leaving[] {
    const leaving: Leaving[] = [];
    for (const { channel, limits } of this.states.values())
      for (const level of ['critical', 'warning'] as const) {
        const digest = limits[level].takeNow();
        if (digest !== null)
          leaving.push({ channel, notification: digestOf(digest, channel.name, level, now) });
      }
    return leaving;
  }

  /** Takes up what an earlier run told; before the first `hear`. */
  restore(told: readonly ToldEntry[], now: WallMs): void {
    for (const { channel, group, log } of told) this.states.get(channel)?.dispatcher.restore(group, log, now);
  }

  /** Whether people still take the alarm for active: then its end is news, also after a restart. */
  isToldActive({ id }: Pick<AlarmRecord, 'id'>): boolean {
    for (const { dispatcher } of this.states.values())
      for (const [, { firing }] of dispatcher.logs())
        for (const fingerprint of firing) if (fingerprint.startsWith(`${id}|`)) return true;
    return false;
  }
}

const newState = (channel: Channel): ChannelState => ({
  channel,
  dispatcher: new Dispatcher(channel.route),
  limits: { warning: new RateLimit(), critical: new RateLimit() },
});

const takes = (
  { name, levels, classes, strands, isOnRequest }: Channel,
  { level, class: kind, strand }: AlarmRecord,
  wanted: readonly string[] | null,
): boolean =>
  levels.includes(level) &&
  (classes === null || classes.includes(kind)) &&
  (strands === null || strands.includes(strand)) &&
  (wanted === null ? !isOnRequest : wanted.includes(name));

/** An alarm as something to tell; null while it was never active, such as one that is out of service from the start. */
function alertOf(news: AlarmNews): Alert<AlarmNews> | null {
  const { record } = news;
  const { id, strand, rule, level, source, wallTimes, condition, reAlarms, escalatedTo } = record;
  if (wallTimes.raised === null) return null;
  return {
    key: id,
    // Each of these is news: a higher level, brought back to the operator, passed on to the supervisor.
    fingerprint: [id, level, reAlarms, escalatedTo ?? ''].join('|'),
    labels: { strand, rule, class: record.class, level, source },
    startsAt: wallTimes.raised,
    endsAt: condition === null ? (wallTimes.returned ?? wallTimes.closed ?? wallTimes.raised) : null,
    hush: isOffList(record) ? 'off-list' : record.acknowledged ? 'heard' : 'no',
    content: news,
  };
}
