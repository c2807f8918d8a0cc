import type { MonoMs } from '../lib/clock.js';

/** Rate of a counter that is looked at now and then: the counting itself costs nothing. */
export class RateMeter {
  private readonly totals: Float64Array;
  private readonly times: Float64Array;
  private next = 0;
  private filled = 0;

  /** @param samples how many looks the rate reaches back */
  constructor(samples: number) {
    this.totals = new Float64Array(samples);
    this.times = new Float64Array(samples);
  }

  sample(total: number, now: MonoMs): void {
    this.totals[this.next] = total;
    this.times[this.next] = now;
    this.next = (this.next + 1) % this.totals.length;
    this.filled = Math.min(this.filled + 1, this.totals.length);
  }

  /** Per second, over all samples kept; 0 before there are two. */
  perSecond(): number {
    if (this.filled < 2) return 0;
    const size = this.totals.length;
    const last = (this.next + size - 1) % size;
    const first = this.filled < size ? 0 : this.next;
    const elapsedMs = this.times[last]! - this.times[first]!;
    return elapsedMs > 0 ? ((this.totals[last]! - this.totals[first]!) * 1000) / elapsedMs : 0;
  }

  reset(): void {
    this.next = 0;
    this.filled = 0;
  }
}
