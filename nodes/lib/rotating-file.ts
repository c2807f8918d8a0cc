import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Clock, WallMs } from './clock.js';
import { asError } from './errors.js';

export interface RotationLimits {
  /** Size at which a file is set aside, bytes. */
  readonly maxBytes: number;
  /** Files set aside that are kept. */
  readonly maxFiles: number;
  /** Age at which a file set aside is removed, ms. */
  readonly maxAgeMs: number;
}

/** A file is set aside a day after it was begun, so that age can be told file by file. */
const FILE_SPAN_MS = 24 * 3600 * 1000;
/** Lines that wait while the disk is slow, characters; more are dropped, for readings come first. */
const MAX_WAITING = 4 * 1024 * 1024;
/** When a file ended, in the name of one set aside. */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/;

/**
 * A text file that is only appended to, behind everyone's back: `write` never blocks and never fails.
 * A full file is renamed after the time it ended (`inference-2026-11-21T06-38-56.123Z.jsonl`); the oldest ones go.
 * While the disk refuses, lines are dropped and `onTrouble` is told each time; it is tried again with the next line.
 */
export class RotatingFile {
  private waiting = '';
  private dropped = 0;
  private writing: Promise<void> | null = null;
  private handle: FileHandle | null = null;
  private bytes = 0;
  private begunAt = 0;

  constructor(
    private readonly path: string,
    public limits: RotationLimits,
    private readonly clock: Clock,
    private readonly onTrouble: (error: Error) => void,
  ) {}

  /** Appends whole lines, soon. */
  write(lines: string): void {
    if (this.waiting.length + lines.length > MAX_WAITING) {
      this.dropped++;
      return;
    }
    this.waiting += lines;
    this.writing ??= this.work();
  }

  /** @returns when everything written so far is in the file */
  async settled(): Promise<void> {
    while (this.writing !== null) await this.writing;
  }

  /** Like `settled`; the file is then closed. What is written later opens it again. */
  async close(): Promise<void> {
    await this.settled();
    await this.shut();
  }

  private async work(): Promise<void> {
    while (this.waiting !== '') {
      const lines = this.waiting;
      this.waiting = '';
      try {
        const now = this.clock.wall();
        this.handle ??= await this.open(now);
        if (this.isFull(lines, now)) this.handle = await this.setAside(now);
        await this.handle.appendFile(lines);
        this.bytes += Buffer.byteLength(lines);
        this.tellDropped();
      } catch (err) {
        await this.shut();
        this.onTrouble(asError(err));
      }
    }
    this.writing = null;
  }

  private async open(now: WallMs): Promise<FileHandle> {
    await mkdir(dirname(this.path), { recursive: true });
    const handle = await open(this.path, 'a');
    const { size, birthtimeMs } = await handle.stat();
    this.bytes = size;
    this.begunAt = size === 0 || birthtimeMs === 0 ? now : birthtimeMs;
    return handle;
  }

  private isFull(lines: string, now: WallMs): boolean {
    if (this.bytes === 0) return false;
    return this.bytes + Buffer.byteLength(lines) > this.limits.maxBytes || now - this.begunAt > FILE_SPAN_MS;
  }

  private async setAside(now: WallMs): Promise<FileHandle> {
    await this.shut();
    const { folder, prefix, extension } = this.names();
    const stamp = new Date(now).toISOString().replaceAll(':', '-');
    await rename(this.path, join(folder, `${prefix}${stamp}${extension}`));
    const handle = await this.open(now);
    await this.prune(now).catch((err: unknown) => this.onTrouble(asError(err)));
    return handle;
  }

  private async prune(now: WallMs): Promise<void> {
    const { folder, prefix, extension } = this.names();
    const aside = (await readdir(folder))
      .filter((name) => name.startsWith(prefix) && name.endsWith(extension))
      // The log beside it may be called the same and something more.
      .filter((name) => STAMP.test(name.slice(prefix.length, name.length - extension.length)))
      .toSorted()
      .toReversed();
    for (const [i, name] of aside.entries()) {
      const file = join(folder, name);
      const isOld = now - (await stat(file)).mtimeMs > this.limits.maxAgeMs;
      if (i >= this.limits.maxFiles || isOld) await rm(file, { force: true });
    }
  }

  private names(): { folder: string; prefix: string; extension: string } {
    const extension = extname(this.path);
    return { folder: dirname(this.path), prefix: `${basename(this.path, extension)}-`, extension };
  }

  private tellDropped(): void {
    if (this.dropped === 0) return;
    this.onTrouble(new Error(`${this.dropped} lines dropped: the disk was too slow`));
    this.dropped = 0;
  }

  private async shut(): Promise<void> {
    const { handle } = this;
    this.handle = null;
    await handle?.close().catch(() => undefined);
  }
}
