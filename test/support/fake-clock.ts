import {
  monoMs,
  wallMs,
  type Clock,
  type MonoMs,
  type TimerHandle,
  type WallMs,
} from '../../nodes/lib/clock.js';

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** A clock whose hands stand still until a test turns them. Timers fire in the order in which they are due. */
export class FakeClock implements Clock {
  private now = 0;
  private timers: Timer[] = [];

  /** @param wallAt what people's clocks show at monotonic 0, ms since the epoch */
  constructor(private readonly wallAt = 0) {}

  mono(): MonoMs {
    return monoMs(this.now);
  }

  wall(): WallMs {
    return wallMs(this.wallAt + this.now);
  }

  after(delayMs: number, callback: () => void): TimerHandle {
    const timer = { due: this.now + delayMs, callback };
    this.timers.push(timer);
    return timer;
  }

  cancel(handle: TimerHandle): void {
    this.timers = this.timers.filter((timer) => timer !== handle);
  }

  /** Turns the hands forward, firing what falls due on the way, also what that sets for the same time. */
  advance(ms: number): void {
    const until = this.now + ms;
    for (let timer = this.next(until); timer !== undefined; timer = this.next(until)) {
      this.cancel(timer);
      this.now = Math.max(this.now, timer.due);
      timer.callback();
    }
    this.now = until;
  }

  /** One turn of the event loop: fires what is due now, not what that sets. */
  turn(): void {
    const due = this.timers.filter((timer) => timer.due <= this.now);
    for (const timer of due) {
      this.cancel(timer);
      timer.callback();
    }
  }

  /** The event loop stands still: time passes, and nothing fires before it is over. */
  stall(ms: number): void {
    this.now += ms;
  }

  /** Timers still set. */
  get pending(): number {
    return this.timers.length;
  }

  private next(until: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.timers)
      if (timer.due <= until && (next === undefined || timer.due < next.due)) next = timer;
    return next;
  }
}
