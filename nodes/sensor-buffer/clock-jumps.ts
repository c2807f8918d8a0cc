import type { PipelineMessage, Reading } from '../lib/messages.js';

type Message = PipelineMessage<Reading>;

/** Farther ahead than this a reading's time is doubted, ms. */
export const DOUBT_MS = 60_000;
/** Readings in a row that agree on another time before the strand's clock is believed to have jumped. */
const CONFIRMATIONS = 3;

export type Verdict =
  | { readonly kind: 'wait' }
  /** The clock has jumped; these readings, in the order they came, are the first after it. */
  | { readonly kind: 'jumped'; readonly readings: readonly Message[] };

/** Readings whose time nothing confirmed. */
export interface Strays {
  readonly late: number;
  readonly future: number;
}

const NONE: Strays = { late: 0, future: 0 };
const WAIT: Verdict = { kind: 'wait' };

/**
 * Tells a clock that has jumped (a seek, a cast begun anew, an outage) from single readings with a wrong or stale time.
 * A reading that is late, or far in the future, waits here; when the next ones agree with it, the clock has jumped, and
 * nothing is lost. When they don't, it was a stray.
 */
export class ClockJumps {
  private readonly doubted: Message[] = [];
  private isAhead = false;

  /** @param isAhead whether it is in the strand's future; else it is late */
  doubt(message: Message, isAhead: boolean): { readonly verdict: Verdict; readonly strays: Strays } {
    const first = this.doubted[0];
    const agrees =
      first === undefined ||
      (isAhead === this.isAhead && Math.abs(message.timestamp - first.timestamp) <= DOUBT_MS);
    const strays = agrees ? NONE : this.drop();
    this.isAhead = isAhead;
    this.doubted.push(message);
    if (this.doubted.length < CONFIRMATIONS) return { verdict: WAIT, strays };
    return { verdict: { kind: 'jumped', readings: this.doubted.splice(0) }, strays };
  }

  /** A reading came that fits the strand's clock: the doubted ones were strays. */
  drop(): Strays {
    if (this.doubted.length === 0) return NONE;
    const { length } = this.doubted.splice(0);
    return this.isAhead ? { late: 0, future: length } : { late: length, future: 0 };
  }
}
