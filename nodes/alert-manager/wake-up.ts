import type { Clock, TimerHandle, WallMs } from '../lib/clock.js';

/** Longest time between two looks, ms: the wall clock may be set, a timer would not notice. */
const LONGEST_MS = 60_000;

/** One timer that calls at a time of the wall clock, or earlier: whoever is called looks what is due and plans anew. */
export class WakeUp {
  private timer: TimerHandle | null = null;
  private isCancelled = false;

  constructor(
    private readonly clock: Clock,
    private readonly act: () => void,
  ) {}

  /** Takes the place of what was planned before; null = nothing is due. */
  plan(at: WallMs | null): void {
    this.stop();
    if (at === null || this.isCancelled) return;
    const wait = Math.min(Math.max(at - this.clock.wall(), 1), LONGEST_MS);
    this.timer = this.clock.after(wait, () => {
      this.timer = null;
      this.act();
    });
  }

  /** For good. */
  cancel(): void {
    this.isCancelled = true;
    this.stop();
  }

  private stop(): void {
    if (this.timer !== null) this.clock.cancel(this.timer);
    this.timer = null;
  }
}
