import type { Clock, MonoMs } from './clock.js';
import { StrandWatchError } from './errors.js';

/** A cause not seen for this long is news again, ms. */
const QUIET_MS = 60_000;
/** Causes remembered; the one seen longest ago goes first. */
const MAX_CAUSES = 100;

/** Lets each cause of failure through once, not with every message that suffers from it. */
export class CauseGate {
  private readonly seenAt = new Map<string, MonoMs>();

  constructor(private readonly clock: Clock) {}

  /** @returns the error when its cause is news, else undefined. The same code and words are the same cause */
  admit(error: Error): Error | undefined {
    const cause = error instanceof StrandWatchError ? `${error.code} ${error.message}` : error.message;
    const now = this.clock.mono();
    const before = this.seenAt.get(cause);
    this.seenAt.delete(cause);
    this.seenAt.set(cause, now);
    if (this.seenAt.size > MAX_CAUSES) this.seenAt.delete(this.seenAt.keys().next().value!);
    return before === undefined || now - before > QUIET_MS ? error : undefined;
  }
}
