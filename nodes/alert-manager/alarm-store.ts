import type { Clock } from '../lib/clock.js';
import { encodeEntry } from './journal-codec.js';
import { journalError, openJournal } from './journal-file.js';
import { Journal } from './journal.js';
import type { Transition } from './life-cycle.js';
import { EMPTY, type DeskSnapshot } from './restore.js';
import type { WatchState } from './watch.js';

export interface StoreOptions {
  readonly path: string;
  readonly maxBytes: number;
  readonly keepFiles: number;
  /** Age at which a file that was set aside is removed, ms. */
  readonly maxAgeMs: number;
  readonly keepHistory: number;
  readonly clock: Clock;
  /** Everything known now. */
  readonly snapshot: () => DeskSnapshot;
  /** Told once when alarms can't be stored, and null when they can again. */
  readonly report: (problem: Error | null) => void;
  /** Told what the last stop left damaged. */
  readonly warn: (text: string) => void;
}

/** The alarms on the disk. Without a usable disk it lets everything through, unstored. */
export class AlarmStore {
  private constructor(
    /** What an earlier run left. */
    readonly restored: DeskSnapshot,
    private readonly journal: Journal | null,
  ) {}

  static open(options: StoreOptions): AlarmStore {
    const { path, clock, maxBytes, snapshot, report, warn } = options;
    try {
      const { content, tornBytes, disk } = openJournal(path, options.keepHistory, {
        keepFiles: options.keepFiles,
        maxAgeMs: options.maxAgeMs,
        clock,
      });
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
      return new AlarmStore(EMPTY, null);
    }
  }

  /** Calls back once the transitions are stored, or can't be; in the order of the calls. */
  append(
    transitions: readonly Transition[],
    watches: readonly WatchState[],
    then: (stored: boolean) => void,
  ): void {
    if (this.journal === null) return then(false);
    const lines = [
      ...transitions.map((transition) => encodeEntry({ kind: 'transition', ...transition })),
      ...watches.map((watch) => encodeEntry({ kind: 'watch', ...watch })),
    ];
    this.journal.append(lines.join(''), then);
  }

  async close(patienceMs: number): Promise<void> {
    await this.journal?.close(patienceMs);
  }
}
