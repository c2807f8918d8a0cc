import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { asError, DependencyError } from '../lib/errors.js';
import type { ExportRequest } from './command-args.js';
import { rowOf, type JournalRow } from './journal-export.js';

/** Rows that one answer holds; what is asked for in a range beyond it is to be asked for in parts. */
const MOST_ROWS = 50_000;

export interface Exported {
  /** Oldest first. */
  readonly rows: readonly JournalRow[];
  /** More were found than one answer holds; the newest are left out. */
  readonly truncated: boolean;
}

/**
 * Reads the transitions of a time range from the journal and the files set aside, oldest first, line by line so that alarms
 * go on meanwhile.
 * @throws DependencyError JOURNAL_FAILED when a file can't be read
 */
export async function exportJournal(path: string, request: ExportRequest): Promise<Exported> {
  const rows: JournalRow[] = [];
  try {
    for (const file of await journalFiles(path)) {
      const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
      for await (const line of lines) {
        const row = rowOf(line, request);
        if (row === null) continue;
        if (rows.length >= MOST_ROWS) return { rows, truncated: true };
        rows.push(row);
      }
    }
    return { rows, truncated: false };
  } catch (thrown) {
    const message = `${path}: the journal can't be read (${asError(thrown).message}). Make its folder readable.`;
    throw new DependencyError('JOURNAL_FAILED', message, { cause: thrown });
  }
}

/** The journal and those set aside, oldest first. */
async function journalFiles(path: string): Promise<readonly string[]> {
  const name = basename(path);
  const found = await readdir(dirname(path));
  const aged = found.flatMap((file) => {
    const age = file.startsWith(`${name}.`) ? Number(file.slice(name.length + 1)) : NaN;
    return Number.isInteger(age) ? [age] : [];
  });
  const older = aged.sort((one, other) => other - one).map((age) => join(dirname(path), `${name}.${age}`));
  return found.includes(name) ? [...older, path] : older;
}
