import type { Clock, TimerHandle } from '../lib/clock.js';
import { asError } from '../lib/errors.js';

/** Where a journal lies. One call at a time. */
export interface JournalDisk {
  /** Bytes in the journal. */
  readonly size: number;
  /** Appends; resolved once the text would survive a power cut. When it rejects, nothing was added. */
  append(text: string): Promise<void>;
  /** Sets the present journal aside and begins a new one with `text`, so that one of the two is always whole. */
  startNew(text: string): Promise<void>;
  close(): Promise<void>;
}

export interface JournalOptions {
  /** Size at which a new file is begun, bytes. */
  readonly maxBytes: number;
  /** A line that holds everything known now, so that what came before it is not needed. */
  readonly snapshot: () => string;
  /** Told when the journal begins to fail (once), and null when it works again. */
  readonly report: (problem: Error | null) => void;
}

interface Waiting {
  readonly lines: string;
  readonly then: (stored: boolean) => void;
}

/** How long an alarm waits for the disk before it goes out unstored, ms. */
export const PATIENCE_MS = 1000;
/**
 * Parts in which it waits: the event loop turns between them. What the disk wrote while the loop stood still is heard of only
 * after that, and a single timer would be first.
 */
const PATIENCE_PARTS = 10;
/** Time between two attempts to write to a disk that failed, ms. */
export const RETRY_MS = 10_000;

/**
 * Stores lines before it lets anything go out: `then(true)` is called once they are on the disk, in the order of the calls.
 * What arrives while the disk works is written together (group commit).
 *
 * A disk that fails, or lets an alarm wait longer than `PATIENCE_MS`, holds nobody up: everything goes out at once with
 * `then(false)` until a snapshot of everything could be written. Bounded by that: what waits is at most what arrives
 * within `PATIENCE_MS`.
 */
export class Journal {
  private waiting: Waiting[] = [];
  private inHand: Waiting[] = [];
  private writing: Promise<void> | null = null;
  private isFailing = false;
  /** Lines went out unstored since the last snapshot was taken. */
  private isBehind = false;
  private isClosed = false;
  private patience: TimerHandle | null = null;
  private retry: TimerHandle | null = null;
  /** Size of the present file when it was begun: a snapshot larger than `maxBytes` must not begin one at each line. */
  private firstBytes = 0;

  constructor(
    private readonly disk: JournalDisk,
    private readonly clock: Clock,
    private readonly options: JournalOptions,
  ) {}

  /** Calls back with whether the lines are stored; at once when there are none and nothing is waiting. */
  append(lines: string, then: (stored: boolean) => void): void {
    if (this.isFailing || this.isClosed) {
      if (lines !== '') this.isBehind = true;
      return then(lines === '');
    }
    if (lines === '' && this.writing === null) return then(true);
    this.waiting.push({ lines, then });
    this.writing ??= this.drain();
  }

  /** Stores what waits, for at most `patienceMs`; after that it goes out unstored. */
  async close(patienceMs: number): Promise<void> {
    if (this.retry !== null) this.clock.cancel(this.retry);
    if (this.writing !== null) await Promise.race([this.writing, this.elapsed(patienceMs)]);
    this.isClosed = true;
    this.stopWaiting();
    this.release();
    // A disk that hangs may never finish; closing must not wait for it.
    if (this.writing === null) await this.disk.close();
    else void this.writing.then(() => this.disk.close()).catch(() => undefined);
  }

  private async drain(): Promise<void> {
    // Whatever arrives within this turn of the event loop is written together.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      this.inHand = this.waiting;
      this.waiting = [];
      const lines = this.inHand.map((item) => item.lines).join('');
      if (lines !== '') {
        this.bePatient(PATIENCE_PARTS);
        try {
          await this.disk.append(lines);
        } catch (thrown) {
          this.fail(asError(thrown));
        }
        this.stopWaiting();
      }
      const done = this.inHand;
      this.inHand = [];
      for (const { then } of done) then(true);
      if (!this.isFailing && this.disk.size > Math.max(this.options.maxBytes, 2 * this.firstBytes))
        await this.startNew();
    }
    this.writing = null;
  }

  private async startNew(): Promise<void> {
    try {
      await this.disk.startNew(this.options.snapshot());
      this.firstBytes = this.disk.size;
    } catch (thrown) {
      this.fail(asError(thrown));
    }
  }

  private fail(problem: Error): void {
    if (!this.isFailing) this.options.report(problem);
    this.isFailing = true;
    this.isBehind = true;
    this.stopWaiting();
    this.release();
    this.tryAgainLater();
  }

  private tryAgainLater(): void {
    if (this.isClosed || this.retry !== null) return;
    this.retry = this.clock.after(RETRY_MS, () => {
      this.retry = null;
      if (this.writing === null) this.writing = this.recover();
      else this.tryAgainLater();
    });
  }

  private async recover(): Promise<void> {
    try {
      while (this.isBehind) {
        this.isBehind = false;
        await this.disk.append(this.options.snapshot());
      }
      this.isFailing = false;
      this.options.report(null);
    } catch {
      this.isBehind = true;
      this.tryAgainLater();
    }
    this.writing = null;
  }

  /** Lets everything that waits go out unstored, in order. */
  private release(): void {
    const held = [...this.inHand, ...this.waiting];
    this.inHand = [];
    this.waiting = [];
    for (const { lines, then } of held) then(lines === '');
  }

  private bePatient(parts: number): void {
    this.patience = this.clock.after(PATIENCE_MS / PATIENCE_PARTS, () => {
      if (parts > 1) this.bePatient(parts - 1);
      else this.fail(new Error(`the disk took longer than ${PATIENCE_MS} ms`));
    });
  }

  private stopWaiting(): void {
    if (this.patience !== null) this.clock.cancel(this.patience);
    this.patience = null;
  }

  private elapsed(ms: number): Promise<void> {
    return new Promise((resolve) => this.clock.after(ms, resolve));
  }
}
