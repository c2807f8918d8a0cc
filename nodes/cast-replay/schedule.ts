import { monoMs, type Clock, type MonoMs } from '../lib/clock.js';

/** Farther behind than this the schedule gives up catching up, and slips: a stall is never answered with a flood. */
export const MAX_LAG_MS = 1000;

/**
 * When each row is due: a straight line from one anchor (an instant, and the cast time that was due then). Nothing is
 * ever added up, so there is no drift; a change of speed moves the anchor. Speed `Infinity` makes everything due at once.
 */
export class Schedule {
  private anchorMs: MonoMs;
  private anchorS = 0;
  /** ms the schedule has slipped altogether, because the flow could not keep up. */
  slippedMs = 0;

  constructor(
    private readonly clock: Clock,
    private speedInForce: number,
  ) {
    this.anchorMs = clock.mono();
  }

  get speed(): number {
    return this.speedInForce;
  }

  /** From now on, with cast time `elapsed` (s) due now. */
  start(elapsed: number): void {
    this.anchorMs = this.clock.mono();
    this.anchorS = elapsed;
  }

  /** @param elapsed s of cast time already replayed; counts when the speed was unpaced, and knows no other position */
  setSpeed(speed: number, elapsed: number): void {
    this.start(this.position(elapsed));
    this.speedInForce = speed;
  }

  /** Cast time due now, s. */
  position(elapsed: number): number {
    return this.speedInForce === Infinity
      ? elapsed
      : this.anchorS + ((this.clock.mono() - this.anchorMs) * this.speedInForce) / 1000;
  }

  dueAt(elapsed: number): MonoMs {
    return monoMs(this.anchorMs + ((elapsed - this.anchorS) * 1000) / this.speedInForce);
  }

  /** @returns when a row is due now that it is `now`, after slipping if it is too far behind */
  dueOrSlip(elapsed: number, now: MonoMs): MonoMs {
    const due = this.dueAt(elapsed);
    const slip = now - due - MAX_LAG_MS;
    if (slip <= 0 || this.speedInForce === Infinity) return due;
    this.anchorMs = monoMs(this.anchorMs + slip);
    this.slippedMs += slip;
    return monoMs(due + slip);
  }
}
