import type { PipelineMessage, Reading } from '../lib/messages.js';

type Message = PipelineMessage<Reading>;

/** Farther ahead than this, and the lateness, a reading's time is doubted, ms. */
export const DOUBT_MS = 60_000;
/** Readings in a row that agree on another time before the strand's clock is believed to have jumped. */
const CONFIRMATIONS = 3;

/** What became of doubted readings: those believed after all, in the order they came, and how many were strays. */
export interface Settled {
  readonly believed: readonly Message[];
  readonly late: number;
  readonly future: number;
}

const NOTHING: Settled = { believed: [], late: 0, future: 0 };

/**
 * Tells a clock that has jumped (a seek, a cast begun anew, an outage) from single readings with a wrong or stale time.
 * A reading that is late, or far in the future, waits here; when the next ones agree with it, the clock has jumped, and
 * nothing is lost. When they don't, it was a stray.
 */
export class ClockJumps {
  private readonly doubted: Message[] = [];
  private isAhead = false;
  private readonly doubtMs: number;

  constructor(latenessMs: number) {
    this.doubtMs = DOUBT_MS + latenessMs;
  }

  /** Whether a reading is too far ahead of the strand's clock to be believed at once. */
  isTooFarAhead(timestamp: number, latestMs: number): boolean {
    return timestamp - latestMs > this.doubtMs;
  }

  /**
   * @param latestMs the strand's clock: the reading is ahead of it, or late
   * @returns the readings that confirm a jump, once there are enough; and the strays that this one doesn't agree with
   */
  doubt(message: Message, latestMs: number): Settled {
    const isAhead = message.timestamp > latestMs;
    const agrees = this.doubted.length === 0 || (isAhead === this.isAhead && this.goesOn(message.timestamp));
    const settled = agrees ? NOTHING : this.giveUp(latestMs);
    this.isAhead = isAhead;
    this.doubted.push(message);
    return this.doubted.length < CONFIRMATIONS ? settled : { ...NOTHING, believed: this.doubted.splice(0) };
  }

  /** The strand's clock goes on: doubted readings that it has come near to are believed, the others were strays. */
  giveUp(latestMs: number): Settled {
    if (this.doubted.length === 0) return NOTHING;
    const doubted = this.doubted.splice(0);
    if (!this.isAhead) return { ...NOTHING, late: doubted.length };
    const believed = doubted.filter(({ timestamp }) => !this.isTooFarAhead(timestamp, latestMs));
    return { believed, late: 0, future: doubted.length - believed.length };
  }

  /** A clock that has jumped ahead goes on ahead, by steps of any size; one that has jumped back goes on near by. */
  private goesOn(timestamp: number): boolean {
    const times = this.doubted.map((message) => message.timestamp);
    const stepMs = timestamp - Math.max(...times);
    return stepMs >= -this.doubtMs && (this.isAhead || stepMs <= this.doubtMs);
  }
}
