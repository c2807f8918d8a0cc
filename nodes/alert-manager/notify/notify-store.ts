import { closeSync, constants, mkdirSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../../lib/clock.js';
import { asError, DependencyError } from '../../lib/errors.js';
import { JournalFile } from '../journal-file.js';
import { Journal } from '../journal.js';
import { encodeNotify, readNotifyLog, type NotifyContent, type NotifyEntry } from './notify-log.js';

/** The file is begun anew with what still counts when it is larger, bytes. */
const MAX_BYTES = 1e6;

export interface NotifyStoreOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly snapshot: () => Pick<NotifyEntry, 'told' | 'queued'>;
  /** Told once when nothing can be stored, and null when it can again. */
  readonly report: (problem: Error | null) => void;
}

/** What was told and what webhooks wait for, on the disk. Without a usable disk notifications go on, unstored. */
export class NotifyStore {
  private constructor(
    readonly restored: NotifyContent,
    private readonly journal: Journal | null,
  ) {}

  static open({ path, clock, snapshot, report }: NotifyStoreOptions): NotifyStore {
    try {
      mkdirSync(dirname(path), { recursive: true });
      closeSync(openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600));
      const bytes = readFileSync(path);
      const content = readNotifyLog(bytes);
      if (content.goodBytes < bytes.length) truncateSync(path, content.goodBytes);
      const journal = new Journal(
        new JournalFile(path, content.goodBytes, { keepFiles: 1, maxAgeMs: Infinity, clock }),
        clock,
        {
          maxBytes: MAX_BYTES,
          snapshot: () => encodeNotify({ ...snapshot(), settled: [], isSnapshot: true }),
          report: (problem) => report(problem === null ? null : storeError(path, problem)),
        },
      );
      return new NotifyStore(content, journal);
    } catch (thrown) {
      report(storeError(path, thrown));
      return new NotifyStore({ told: [], queue: [], goodBytes: 0 }, null);
    }
  }

  /** Calls back once it is stored, or can't be; in the order of the calls. */
  append(entry: Omit<NotifyEntry, 'isSnapshot'>, then: () => void): void {
    if (this.journal === null) then();
    else this.journal.append(encodeNotify({ ...entry, isSnapshot: false }), then);
  }

  async close(patienceMs: number): Promise<void> {
    await this.journal?.close(patienceMs);
  }
}

const storeError = (path: string, cause: unknown): DependencyError =>
  new DependencyError(
    'JOURNAL_FAILED',
    `${path}: notifications can't be stored (${asError(cause).message}). They go on; after a restart some are told again and ` +
      'what a webhook has not accepted is lost. Free the disk or make the folder writable.',
    { cause },
  );
