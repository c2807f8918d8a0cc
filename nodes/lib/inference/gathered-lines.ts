import type { Clock, TimerHandle } from '../clock.js';

/** A write to the disk costs the event loop 0.05 ms and more, whatever its length; a log can wait a little. */
const GATHER_MS = 250;
/** Characters that wait no longer. */
const ENOUGH = 64 * 1024;

/** Hands lines on together, four times a second at most unless they are many. */
export class GatheredLines {
  private lines = '';
  private timer: TimerHandle | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly write: (lines: string) => void,
  ) {}

  add(line: string): void {
    this.lines += line;
    if (this.lines.length >= ENOUGH) this.flush();
    else this.timer ??= this.clock.after(GATHER_MS, () => this.flush());
  }

  flush(): void {
    if (this.timer !== null) this.clock.cancel(this.timer);
    this.timer = null;
    const { lines } = this;
    this.lines = '';
    if (lines !== '') this.write(lines);
  }
}
