import { readFileSync } from 'node:fs';
import { appendFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LoggedChange } from '../lib/config-node.js';
import { asError, ConfigError } from '../lib/errors.js';

const KEPT = 1000;

/** Beside the live changes in force; null in a runtime without a user directory, where nothing is kept. */
export const changeLogPath = (userDir: string | undefined, nodeId: string): string | null =>
  userDir === undefined
    ? null
    : join(userDir, 'strandwatch', 'live', `${encodeURIComponent(nodeId)}.log.jsonl`);

/**
 * Who changed what and when: one JSON line per change, in memory and in a file. The file is cut to the last thousand when
 * it has grown to two; a line that can't be read is passed over.
 */
export class ChangeLogStore {
  private changes: readonly LoggedChange[];
  private lines: number;
  private busy: Promise<void> = Promise.resolve();

  constructor(
    private readonly path: string | null,
    private readonly failed: (err: ConfigError) => void,
  ) {
    const kept = path === null ? [] : readLines(path);
    this.lines = kept.length;
    this.changes = kept.slice(-KEPT).reverse();
  }

  get newestFirst(): readonly LoggedChange[] {
    return this.changes;
  }

  add(change: LoggedChange): void {
    this.changes = [change, ...this.changes].slice(0, KEPT);
    if (this.path === null) return;
    const { path, changes } = this;
    const isFull = ++this.lines >= 2 * KEPT;
    if (isFull) this.lines = changes.length;
    this.busy = this.busy
      .then(() => (isFull ? writeAnew(path, changes) : append(path, change)))
      .catch((cause: unknown) => this.failed(unwritable(path, cause)));
  }

  /** Resolves when everything added is on the disk, or has failed to get there. */
  settled(): Promise<void> {
    return this.busy;
  }
}

const lineOf = (change: LoggedChange): string => `${JSON.stringify(change)}\n`;

async function append(path: string, change: LoggedChange): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, lineOf(change), { mode: 0o600 });
}

async function writeAnew(path: string, newestFirst: readonly LoggedChange[]): Promise<void> {
  await writeFile(`${path}.tmp`, newestFirst.toReversed().map(lineOf).join(''), { mode: 0o600 });
  await rename(`${path}.tmp`, path);
}

function readLines(path: string): LoggedChange[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return []; // none yet
  }
  return text.split('\n').flatMap((line) => {
    try {
      const change = JSON.parse(line) as Partial<LoggedChange> | null;
      return typeof change?.path === 'string' &&
        typeof change.by === 'string' &&
        typeof change.at === 'string'
        ? [change as LoggedChange]
        : [];
    } catch {
      return [];
    }
  });
}

const unwritable = (path: string, cause: unknown): ConfigError =>
  new ConfigError(
    'CONFIG_UNREADABLE',
    `${path}: the log of changes can't be written: ${asError(cause).message}. Give Node-RED's user the right to write there.`,
    { cause },
  );
