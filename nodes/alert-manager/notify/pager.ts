import type { AlarmRecord } from '../../lib/alarm.js';
import type { Clock, TimerHandle } from '../../lib/clock.js';
import type { Channel, NotifySettings, Webhook } from './channel.js';
import type { AlarmNews, Notification } from './notification.js';
import { Notifier, type Leaving } from './notifier.js';
import type { NotifyStore } from './notify-store.js';
import { WebhookQueue, type Answer, type Post } from './webhook-queue.js';

export interface PagerSurroundings {
  readonly clock: Clock;
  /** Even over 0..1, for the waits of webhooks. */
  readonly chance: () => number;
  readonly toFlow: (notifications: readonly Notification[]) => void;
  readonly toLog: (channel: string, notification: Notification) => void;
  /** One attempt. Never rejects. */
  readonly post: (webhook: Webhook, post: Post) => Promise<Answer>;
  /** Told what people should know of a channel. */
  readonly warn: (channel: string, text: string) => void;
  readonly openStore: (
    snapshot: () => { told: ReturnType<Notifier['told']>; queued: readonly Post[] },
  ) => NotifyStore;
}

/** A timer is looked at that often, so that a clock that is set forward holds nothing up for longer, ms. */
const LONGEST_TIMER_MS = 60_000;

/**
 * Tells people of alarms, by all channels: the notifier decides what and when, this carries it out and keeps it over a restart.
 * Messages and log lines leave before it is noted that they did, and a post is stored before it is sent: after a crash something
 * may be told twice, never not at all.
 */
export class Pager {
  private readonly notifier = new Notifier();
  private readonly queues = new Map<string, WebhookQueue>();
  private readonly webhooks = new Map<string, Webhook>();
  private timer: TimerHandle | null = null;
  private isClosed = false;
  private store: NotifyStore | null = null;

  constructor(private readonly around: PagerSurroundings) {}

  configure(settings: NotifySettings): void {
    this.notifier.configure(settings);
    this.webhooks.clear();
    for (const { name, webhook } of settings.channels) if (webhook !== null) this.webhooks.set(name, webhook);
    for (const [name, queue] of this.queues) if (!this.webhooks.has(name)) this.drop(name, queue);
    this.work();
  }

  /** Takes up the work of an earlier run: once, after the first `configure`. */
  start(open: readonly AlarmNews[], past: readonly AlarmNews[], channelsOf: ChannelsOf): void {
    this.store = this.around.openStore(() => ({
      told: this.notifier.told(),
      queued: [...this.queues.values()].flatMap(({ posts }) => posts),
    }));
    const { told, queue } = this.store.restored;
    const now = this.around.clock.wall();
    this.notifier.restore(told, now);
    const known = [...open, ...past.filter(({ record }) => this.notifier.isToldActive(record))];
    for (const news of known) this.notifier.hear(news, channelsOf(news.record), now);
    for (const post of queue) if (this.webhooks.has(post.channel)) this.queueOf(post.channel).add(post);
    this.work();
  }

  /** New versions of alarms, stored already. */
  hear(all: readonly AlarmNews[], channelsOf: ChannelsOf): void {
    const now = this.around.clock.wall();
    for (const news of all) this.notifier.hear(news, channelsOf(news.record), now);
    this.work();
  }

  /** Tells the digests that are held back; what webhooks have not accepted stays stored. */
  async close(patienceMs: number): Promise<void> {
    this.carryOut(this.notifier.flush(this.around.clock.wall()), []);
    this.isClosed = true;
    this.setTimer();
    for (const queue of this.queues.values()) queue.close();
    await this.store?.close(patienceMs);
  }

  private work(): void {
    if (this.store === null || this.isClosed) return;
    const { leaving, told } = this.notifier.run(this.around.clock.wall());
    this.carryOut(leaving, told);
    this.setTimer();
  }

  private carryOut(leaving: readonly Leaving[], told: ReturnType<Notifier['told']>): void {
    const of = (type: Channel['type']): readonly Leaving[] =>
      leaving.filter(({ channel }) => channel.type === type);
    const messages = of('message').map(({ notification }) => notification);
    if (messages.length > 0) this.around.toFlow(messages);
    for (const { channel, notification } of of('log')) this.around.toLog(channel.name, notification);
    const queued = of('webhook').map(({ notification }) => postOf(notification));
    if (told.length + queued.length === 0) return;
    this.store?.append({ told, queued, settled: [] }, () => {
      if (!this.isClosed) for (const post of queued) this.queueOf(post.channel).add(post);
    });
  }

  private setTimer(): void {
    if (this.timer !== null) this.around.clock.cancel(this.timer);
    this.timer = null;
    const due = this.isClosed ? null : this.notifier.dueAt;
    if (due === null) return;
    const waitMs = Math.min(LONGEST_TIMER_MS, Math.max(0, due - this.around.clock.wall()));
    this.timer = this.around.clock.after(waitMs, () => {
      this.timer = null;
      this.work();
    });
  }

  private queueOf(name: string): WebhookQueue {
    const known = this.queues.get(name);
    if (known !== undefined) return known;
    const { clock, chance, warn } = this.around;
    const queue = new WebhookQueue({
      clock,
      chance,
      send: (post) => this.post(name, post),
      settled: (post, givenUp) => {
        if (givenUp !== null) warn(name, `a notification was given up: ${givenUp}`);
        this.store?.append({ told: [], queued: [], settled: [post.id] }, () => undefined);
      },
      report: (trouble) =>
        warn(name, trouble === null ? 'notifications are accepted again' : `${trouble}; it is tried again`),
    });
    this.queues.set(name, queue);
    return queue;
  }

  private post(name: string, post: Post): Promise<Answer> {
    const webhook = this.webhooks.get(name);
    if (webhook === undefined) return Promise.resolve({ kind: 'refused', why: 'the channel is gone' });
    return this.around.post(webhook, post);
  }

  private drop(name: string, queue: WebhookQueue): void {
    queue.close();
    this.queues.delete(name);
    const settled = queue.posts.map(({ id }) => id);
    if (settled.length > 0) this.store?.append({ told: [], queued: [], settled }, () => undefined);
  }
}

/** The names of the channels that an alarm's rule asks for; null = all. */
export type ChannelsOf = (record: AlarmRecord) => readonly string[] | null;

const postOf = (notification: Notification): Post => ({
  id: notification.id,
  channel: notification.channel,
  body: JSON.stringify(notification),
  queuedAt: notification.at,
});
