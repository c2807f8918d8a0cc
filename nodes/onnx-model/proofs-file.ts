import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { sealedLine, unsealedLine } from '../lib/checked-line.js';
import { asError } from '../lib/errors.js';
import { modelFiles } from './model-file.js';
import { ProvenGraphs } from './proven-graphs.js';
import { ROWS_WORTH_A_RUN } from './rows-at-once.js';

const FORMAT = 1;
/** Far above what is ever written. */
const MAX_BYTES = 64 * 1024;

const proofSchema = z.object({
  format: z.literal(FORMAT),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  rows: z
    .number()
    .int()
    .min(1)
    .max(Math.max(...Object.values(ROWS_WORTH_A_RUN))),
});

/** Where proofs are kept; null in a runtime without a user directory, which forgets them when it ends. */
export const proofsPath = (userDir: string | undefined): string | null =>
  userDir === undefined ? null : join(userDir, 'strandwatch', 'proofs.jsonl');

/**
 * The proofs of earlier runs: a line each, with a checksum. A line that is damaged says nothing, nor does a file that can't be
 * read: what is not known is proven anew.
 */
export class ProofsFile {
  private turn: Promise<void> = Promise.resolve();

  /** @param failed is told what keeps proofs from being written */
  constructor(
    private readonly path: string | null,
    private readonly failed: (reason: string) => void,
  ) {}

  async read(): Promise<ProvenGraphs> {
    const proven = new ProvenGraphs();
    for (const line of (await this.text()).split('\n')) {
      const proof = proofIn(line);
      if (proof !== null) proven.add(proof.key, proof.rows);
    }
    return proven;
  }

  /** Adds a proof, after those that are being written. Never rejects. */
  keep(key: string, rows: number): Promise<void> {
    const { path } = this;
    if (path !== null) this.turn = this.turn.then(() => this.write(path, key, rows));
    return this.turn;
  }

  private async text(): Promise<string> {
    try {
      return this.path === null ? '' : new TextDecoder().decode(await modelFiles.read(this.path, MAX_BYTES));
    } catch {
      return '';
    }
  }

  private async write(path: string, key: string, rows: number): Promise<void> {
    const proven = await this.read();
    proven.add(key, rows);
    const lines = Array.from(proven.all(), ([each, most]) => sealedLine(FORMAT, { key: each, rows: most }));
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(`${path}.tmp`, lines.join(''), { mode: 0o600 });
      await rename(`${path}.tmp`, path);
    } catch (err) {
      this.failed(
        `${path}: can't be written: ${asError(err).message}. Models are proven anew at each start; give Node-RED's user the right to write there.`,
      );
    }
  }
}

function proofIn(line: string): z.infer<typeof proofSchema> | null {
  try {
    return proofSchema.safeParse(unsealedLine(line)).data ?? null;
  } catch {
    // Not even JSON, with a checksum made to fit.
    return null;
  }
}
