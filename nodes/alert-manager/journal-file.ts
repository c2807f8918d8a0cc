import { closeSync, constants, mkdirSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { copyFile, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../lib/clock.js';
import { asError, DependencyError } from '../lib/errors.js';
import { readJournal, type JournalContent } from './journal-codec.js';
import type { JournalDisk } from './journal.js';

export interface OpenedJournal {
  readonly content: JournalContent;
  /** Bytes at the end that a crash left torn, cut off. */
  readonly tornBytes: number;
  readonly disk: JournalDisk;
}

/** What is kept of journals that were set aside. */
export interface Keeping {
  readonly keepFiles: number;
  readonly maxAgeMs: number;
  readonly clock: Clock;
}

/**
 * Reads the journal and makes it ready to be appended to. Synchronous: it runs once, when the node starts, before the
 * first message can be judged.
 * @throws DependencyError JOURNAL_FAILED when the folder or the file can't be read or written
 */
export function openJournal(path: string, keepHistory: number, keeping: Keeping): OpenedJournal {
  try {
    mkdirSync(dirname(path), { recursive: true });
    closeSync(openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600));
    const bytes = readFileSync(path);
    const content = readJournal(bytes, keepHistory);
    const tornBytes = bytes.length - content.goodBytes;
    if (tornBytes > 0) truncateSync(path, content.goodBytes);
    const disk = new JournalFile(path, content.goodBytes, keeping);
    // A file that is too old goes sooner or later; alarms need not wait for it, nor fail with it.
    void disk.removeOld().catch(() => undefined);
    return { content, tornBytes, disk };
  } catch (thrown) {
    throw journalError(path, thrown);
  }
}

/** Without a line about the journal nobody would know which file to free or mend. */
export const journalError = (path: string, cause: unknown): DependencyError =>
  new DependencyError(
    'JOURNAL_FAILED',
    `${path}: alarms can't be stored (${asError(cause).message}). They go on in memory and are lost when Node-RED stops; ` +
      'free the disk or make the folder writable.',
    { cause },
  );

export class JournalFile implements JournalDisk {
  private handle: FileHandle | null = null;

  constructor(
    private readonly path: string,
    /** Bytes known to be whole lines. */
    private goodBytes: number,
    private readonly keeping: Keeping,
  ) {}

  get size(): number {
    return this.goodBytes;
  }

  async append(text: string): Promise<void> {
    this.handle ??= await this.openWhole();
    try {
      await this.handle.appendFile(text);
      const [{ nlink }] = await Promise.all([this.handle.stat(), this.handle.datasync()]);
      if (nlink === 0) throw new Error('someone removed the file');
      this.goodBytes += Buffer.byteLength(text);
    } catch (thrown) {
      // The next write opens the file anew, which cuts off what this one may have left behind.
      await this.close().catch(() => undefined);
      throw thrown;
    }
  }

  async startNew(text: string): Promise<void> {
    const fresh = `${this.path}.new`;
    const handle = await open(fresh, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await this.setAside();
    await rename(fresh, this.path);
    await syncFolder(this.path);
    await this.close();
    this.goodBytes = Buffer.byteLength(text);
    await this.removeOld();
  }

  /** Removes the files set aside that are older than they may be. */
  async removeOld(): Promise<void> {
    const { keepFiles, maxAgeMs, clock } = this.keeping;
    for (let age = 1; age <= keepFiles; age++) {
      const file = `${this.path}.${age}`;
      const found = await stat(file).catch(ignoreMissing);
      if (found !== undefined && clock.wall() - found.mtimeMs > maxAgeMs) await rm(file, { force: true });
    }
  }

  async close(): Promise<void> {
    const { handle } = this;
    this.handle = null;
    await handle?.close();
  }

  /** Opens the file and cuts off what a failed write may have left behind. */
  private async openWhole(): Promise<FileHandle> {
    const handle = await open(this.path, 'a', 0o600);
    try {
      const { size } = await handle.stat();
      // Shorter than known: someone emptied or removed it. Longer: a torn line.
      this.goodBytes = Math.min(size, this.goodBytes);
      if (size > this.goodBytes) await handle.truncate(this.goodBytes);
      await syncFolder(this.path);
      return handle;
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  }

  /** Copies the journal to `.1`, older ones moving up; at most `keepFiles` stay. */
  private async setAside(): Promise<void> {
    const { keepFiles } = this.keeping;
    await rm(`${this.path}.${keepFiles}`, { force: true });
    for (let age = keepFiles - 1; age >= 1; age--) {
      await rename(`${this.path}.${age}`, `${this.path}.${age + 1}`).catch(ignoreMissing);
    }
    await copyFile(this.path, `${this.path}.1`);
  }
}

function ignoreMissing(thrown: unknown): undefined {
  if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
  return undefined;
}

/** Makes a new or renamed file survive a power cut; Windows has no such call. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
