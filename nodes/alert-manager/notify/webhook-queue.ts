import type { Clock, TimerHandle, WallMs } from '../../lib/clock.js';
import { backoffMs, LONGEST_WAIT_MS } from './backoff.js';

/** A notification on its way to a webhook. */
export interface Post {
  /** Unique; sent along, so that a receiver can tell that it has it already. */
  readonly id: string;
  readonly channel: string;
  /** JSON */
  readonly body: string;
  readonly queuedAt: WallMs;
}

export type Answer =
  | { readonly kind: 'accepted' }
  /** Not now: no answer, busy, or a fault of the server. `waitMs`: what it asked for. */
  | { readonly kind: 'failed'; readonly why: string; readonly waitMs: number | null }
  /** Never: the server says that the request itself is wrong. */
  | { readonly kind: 'refused'; readonly why: string };

export interface WebhookSurroundings {
  readonly clock: Clock;
  /** Even over 0..1. */
  readonly chance: () => number;
  /** One attempt. Never rejects. */
  readonly send: (post: Post) => Promise<Answer>;
  /** Accepted, or given up: it need not be kept. */
  readonly settled: (post: Post, givenUp: string | null) => void;
  /** Told when the receiver fails (once), and null when it accepts again. */
  readonly report: (trouble: string | null) => void;
}

/** Posts that wait for a receiver; the oldest one gives way to a new one. */
export const MAX_WAITING = 1000;
/** A notification older than this helps nobody, ms. */
export const MAX_AGE_MS = 24 * 3600 * 1000;

/**
 * Sends to one receiver, one at a time and in order, until it is accepted: at least once. A receiver that fails is tried again
 * with growing waits; what it refuses for good, what is a day old, and what finds no room is given up and told.
 */
export class WebhookQueue {
  private waiting: Post[] = [];
  private isSending = false;
  private isClosed = false;
  private failures = 0;
  private timer: TimerHandle | null = null;

  constructor(private readonly around: WebhookSurroundings) {}

  /** Not accepted yet, oldest first. */
  get posts(): readonly Post[] {
    return this.waiting;
  }

  add(post: Post): void {
    if (this.waiting.length >= MAX_WAITING) {
      // The first one may be on its way: it is not taken from under the sender.
      const [oldest] = this.waiting.splice(this.isSending ? 1 : 0, 1);
      this.around.settled(oldest!, `more than ${MAX_WAITING} were waiting`);
    }
    this.waiting.push(post);
    this.next();
  }

  /** Nothing is sent any more; what waits is still wanted. */
  close(): void {
    this.isClosed = true;
    if (this.timer !== null) this.around.clock.cancel(this.timer);
    this.timer = null;
  }

  private next(): void {
    if (this.isClosed || this.isSending || this.timer !== null) return;
    const post = this.freshest();
    if (post === undefined) return;
    this.isSending = true;
    void this.around.send(post).then((answer) => {
      this.isSending = false;
      if (!this.isClosed) this.take(post, answer);
    });
  }

  private freshest(): Post | undefined {
    const now = this.around.clock.wall();
    while (this.waiting.length > 0 && now - this.waiting[0]!.queuedAt > MAX_AGE_MS)
      this.around.settled(this.waiting.shift()!, 'nobody took it for a day');
    return this.waiting[0];
  }

  private take(post: Post, answer: Answer): void {
    if (answer.kind === 'failed') return this.tryLater(answer.why, answer.waitMs);
    if (this.failures > 0) this.around.report(null);
    this.failures = 0;
    this.waiting.shift();
    this.around.settled(post, answer.kind === 'refused' ? answer.why : null);
    this.next();
  }

  private tryLater(why: string, askedMs: number | null): void {
    this.failures++;
    if (this.failures === 1) this.around.report(why);
    const waitMs = Math.max(
      backoffMs(this.failures, this.around.chance()),
      Math.min(askedMs ?? 0, LONGEST_WAIT_MS),
    );
    this.timer = this.around.clock.after(waitMs, () => {
      this.timer = null;
      this.next();
    });
  }
}
