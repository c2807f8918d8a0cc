import type { WallMs } from '../../lib/clock.js';

const MINUTE_MS = 60_000;
const WINDOW = 10;
const DAY_MINUTES = 1440;

export interface FloodLimits {
  readonly begin: number;
  readonly end: number;
}

/**
 * Alarms minute by minute over the last days, with the floods among them. A flood begins when 10 minutes hold `begin` alarms and
 * ends when they hold fewer than `end`. Memory is laid out once: 3 bytes per minute.
 */
export class MinuteCounts {
  private readonly counts: Uint16Array;
  /** 1: in a flood; 2: a flood began. */
  private readonly floods: Uint8Array;
  private head = -1;
  private first = -1;
  private inFlood = false;

  constructor(
    days: number,
    public limits: FloodLimits,
  ) {
    this.counts = new Uint16Array(days * DAY_MINUTES);
    this.floods = new Uint8Array(days * DAY_MINUTES);
  }

  /** Counts an alarm; one older than the newest minute counts there, for a clock that was set back must not undo what was. */
  add(now: WallMs): void {
    this.advance(now);
    const at = this.head % this.counts.length;
    this.counts[at] = Math.min(65_535, this.counts[at]! + 1);
    this.judge();
  }

  /** Lets the time pass. */
  advance(now: WallMs): void {
    const minute = Math.floor(now / MINUTE_MS);
    if (this.head === -1) [this.head, this.first] = [minute, minute];
    // After a stop longer than all that is kept nothing of it is left.
    this.head = Math.max(this.head, minute - this.counts.length);
    while (this.head < minute) {
      this.head++;
      this.counts[this.head % this.counts.length] = 0;
      this.floods[this.head % this.counts.length] = 0;
      this.judge();
    }
  }

  /** Minutes observed, the present one included. */
  get observed(): number {
    return this.head === -1 ? 0 : Math.min(this.counts.length, this.head - this.first + 1);
  }

  get isFlood(): boolean {
    return this.inFlood;
  }

  /** Alarms in the `minutes` that end `ago` minutes before now. */
  sum(minutes: number, ago = 0): number {
    let sum = 0;
    for (let i = ago; i < Math.min(ago + minutes, this.observed); i++) sum += this.countAt(this.head - i);
    return sum;
  }

  /** The most alarms in any 10 minutes. */
  peak(): number {
    let [sum, peak] = [0, 0];
    for (let i = 0; i < this.observed; i++) {
      sum += this.countAt(this.head - i);
      if (i >= WINDOW) sum -= this.countAt(this.head - i + WINDOW);
      peak = Math.max(peak, sum);
    }
    return peak;
  }

  /** Minutes spent in floods, and floods that began. */
  floodMinutes(): { readonly minutes: number; readonly begun: number } {
    let [minutes, begun] = [0, 0];
    for (let i = 0; i < this.observed; i++) {
      const flags = this.floods[(this.head - i) % this.floods.length]!;
      minutes += flags & 1;
      begun += flags >> 1;
    }
    return { minutes, begun };
  }

  private judge(): void {
    const sum = this.sum(WINDOW);
    const at = this.head % this.floods.length;
    if (!this.inFlood && sum >= this.limits.begin) {
      this.inFlood = true;
      this.floods[at] = 2;
    } else if (this.inFlood && sum < this.limits.end) this.inFlood = false;
    if (this.inFlood) this.floods[at]! |= 1;
  }

  private countAt(minute: number): number {
    return this.counts[minute % this.counts.length]!;
  }
}
