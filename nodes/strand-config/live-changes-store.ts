import { readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { LiveChange } from '../lib/config-node.js';
import { asError, ConfigError } from '../lib/errors.js';

const fileSchema = z.strictObject({
  version: z.literal(1),
  changes: z.array(z.strictObject({ path: z.string(), value: z.unknown(), by: z.string(), at: z.string() })),
});

/** Where the live changes of a node are kept; null in a runtime without a user directory, where nothing is kept. */
export const liveChangesPath = (userDir: string | undefined, nodeId: string): string | null =>
  userDir === undefined ? null : join(userDir, 'strandwatch', 'live', `${encodeURIComponent(nodeId)}.json`);

/**
 * The changes kept by an earlier run; none when there is no file. Waits for the disk: for the start of a node only.
 * @throws ConfigError CONFIG_UNREADABLE when the file is damaged
 */
export function readLiveChanges(path: string | null): readonly LiveChange[] {
  if (path === null) return [];
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (err) {
    if ((err as { code?: unknown }).code === 'ENOENT') return [];
    throw damaged(path, err);
  }
  try {
    return fileSchema.parse(JSON.parse(text)).changes;
  } catch (err) {
    throw damaged(path, err);
  }
}

/** Keeps the latest changes in a file that is whole at any instant: written beside it, flushed, then renamed over it. */
export class LiveChangesStore {
  private waiting: readonly LiveChange[] | null = null;
  private writing: Promise<void> | null = null;

  constructor(
    private readonly path: string | null,
    private readonly failed: (err: ConfigError) => void,
  ) {}

  /** Of several calls while the disk is busy, only the last one is written. */
  save(changes: readonly LiveChange[]): void {
    if (this.path === null) return;
    this.waiting = changes;
    this.writing ??= this.writeWaiting(this.path).finally(() => (this.writing = null));
  }

  /** Resolves when everything saved is on the disk, or has failed to get there. */
  async settled(): Promise<void> {
    await this.writing;
  }

  private async writeWaiting(path: string): Promise<void> {
    while (this.waiting !== null) {
      const changes = this.waiting;
      this.waiting = null;
      try {
        await writeWhole(path, `${JSON.stringify({ version: 1, changes }, null, 2)}\n`);
      } catch (cause) {
        const message = `${path}: live changes can't be kept: ${asError(cause).message}. They are lost at the next restart; give Node-RED's user the right to write there.`;
        this.failed(new ConfigError('CONFIG_UNREADABLE', message, { cause }));
      }
    }
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.tmp`;
  const file = await open(beside, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

function damaged(path: string, cause: unknown): ConfigError {
  const message = `${path}: live changes of the last run can't be read: ${asError(cause).message.split('\n')[0]}. They are left out.`;
  return new ConfigError('CONFIG_UNREADABLE', message, { cause });
}
