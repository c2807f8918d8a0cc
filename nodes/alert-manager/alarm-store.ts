import type { Clock } from '../lib/clock.js';
import type { BookSnapshot } from './alarm-book.js';
import { encodeEntry } from './journal-codec.js';
import { journalError, openJournal } from './journal-file.js';
import { Journal } from './journal.js';
import type { Transition } from './life-cycle.js';

export interface StoreOptions {
  readonly path: string;
  readonly maxBytes: number;
  readonly keepFiles: number;
  readonly keepHistory: number;
  readonly clock: Clock;
  /** Everything known now. */
  readonly snapshot: () => BookSnapshot;
  /** Told once when alarms can't be stored, and null when they can again. */
  readonly report: (problem: Error | null) => void;
  /** Told what the last stop left damaged. */
  readonly warn: (text: string) => void;
}

/** The alarms on the disk. Without a usable disk it lets everything through, unstored. */
export class AlarmStore {
  private constructor(
    /** What an earlier run left. */
    readonly restored: BookSnapshot,
    private readonly journal: Journal | null,
  ) {}

  static open(options: StoreOptions): AlarmStore {
    const { path, clock, maxBytes, snapshot, report, warn } = options;
    try {
      const { content, tornBytes, disk } = openJournal(path, options.keepHistory, options.keepFiles);
      if (tornBytes > 0) warn(`${path}: cut off ${tornBytes} bytes at its end that the last stop left torn.`);
      if (content.damaged > 0) warn(`${path}: passed over ${content.damaged} damaged lines.`);
      const journal = new Journal(disk, clock, {
        maxBytes,
        snapshot: () => encodeEntry({ kind: 'snapshot', ...snapshot() }),
        report: (problem) => report(problem === null ? null : journalError(path, problem)),
      });
      return new AlarmStore(content, journal);
    } catch (problem) {
      report(problem as Error);
      return new AlarmStore({ open: [], past: [] }, null);
    }
  }

  /** Calls back once the transitions are stored, or can't be; in the order of the calls. */
  append(transitions: readonly Transition[], then: (stored: boolean) => void): void {
    if (this.journal === null) return then(false);
    const lines = transitions
      .map((transition) => encodeEntry({ kind: 'transition', ...transition }))
      .join('');
    this.journal.append(lines, then);
  }

  async close(patienceMs: number): Promise<void> {
    await this.journal?.close(patienceMs);
  }
}
