import { wallMs, type WallMs } from '../../lib/clock.js';

export const MINUTE_MS = 60_000;
/** Notifications that a digest names; it counts all. */
const SAMPLES = 5;

/** What was held back, told at once. */
export interface Digest<Item> {
  readonly since: WallMs;
  /** Notifications held back, and what they counted together. */
  readonly notifications: number;
  readonly counts: Counts;
  /** The first ones. */
  readonly samples: readonly Item[];
}

/** Alarms in notifications: newly active, returned to normal, still active and told again. */
export interface Counts {
  readonly raised: number;
  readonly returned: number;
  readonly repeated: number;
}

/**
 * Lets so many notifications through in any minute. One more than that is held back, and all that follow it with it, until a
 * minute after the first one held back, when they are told as one digest: nothing is lost, and nothing is told out of order.
 */
export class RateLimit<Item> {
  private sent: number[] = [];
  private held: Digest<Item> | null = null;

  /** @returns whether the item may go now; if not, its counts are in the next digest */
  admit(item: Item, counts: Counts, perMinute: number, now: WallMs): boolean {
    this.sent = this.sent.filter((at) => at > now - MINUTE_MS && at <= now);
    if (this.held === null && (perMinute === 0 || this.sent.length < perMinute)) {
      if (perMinute > 0) this.sent.push(now);
      return true;
    }
    const { since, notifications, counts: before, samples } = this.held ?? nothingHeld<Item>(now);
    this.held = {
      since,
      notifications: notifications + 1,
      counts: added(before, counts),
      samples: samples.length < SAMPLES ? [...samples, item] : samples,
    };
    return false;
  }

  /** When the digest is due; null = nothing is held back. */
  get dueAt(): WallMs | null {
    return this.held === null ? null : wallMs(this.held.since + MINUTE_MS);
  }

  /** What is held back, once it is due, also when the clock was set back; from then on notifications go on. */
  take(now: WallMs): Digest<Item> | null {
    const { held } = this;
    if (held === null || (now < held.since + MINUTE_MS && now >= held.since)) return null;
    return this.takeNow();
  }

  /** The same without waiting, before the end. */
  takeNow(): Digest<Item> | null {
    const { held } = this;
    this.held = null;
    return held;
  }
}

const nothingHeld = <Item>(since: WallMs): Digest<Item> => ({
  since,
  notifications: 0,
  counts: { raised: 0, returned: 0, repeated: 0 },
  samples: [],
});

const added = (one: Counts, other: Counts): Counts => ({
  raised: one.raised + other.raised,
  returned: one.returned + other.returned,
  repeated: one.repeated + other.repeated,
});
