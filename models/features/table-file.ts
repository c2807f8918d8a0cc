import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FeaturesPart } from './features-worker.js';
import { npyHeader } from './npy.js';

/** What a reader of the matrix must know. */
export interface TableHeading {
  readonly names: readonly string[];
  readonly featureSpec: string;
  /** s between two rows. */
  readonly every: number;
}

/** The table of all casts, written part by part under a passing name: it appears whole or not at all. */
export class TableFile {
  private readonly handle: number;
  private rows = 0;
  private readonly casts: object[] = [];

  constructor(
    private readonly path: string,
    private readonly heading: TableHeading,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    this.handle = openSync(`${path}.part`, 'w');
    const { names } = heading;
    writeSync(
      this.handle,
      this.isMatrix
        ? npyHeader(0, names.length + 1)
        : Buffer.from(`${['cast', 'strand', 'timestamp', 'elapsed', ...names].join(',')}\n`),
    );
  }

  add({ cast, strand, rows, bytes }: FeaturesPart): void {
    for (let written = 0; written < bytes.length;) written += writeSync(this.handle, bytes, written);
    this.casts.push({ id: cast, strand, row: this.rows, rows });
    this.rows += rows;
  }

  close(): void {
    const { names, featureSpec, every } = this.heading;
    if (this.isMatrix) writeSync(this.handle, npyHeader(this.rows, names.length + 1), 0, undefined, 0);
    closeSync(this.handle);
    renameSync(`${this.path}.part`, this.path);
    if (!this.isMatrix) return;
    const about = { columns: ['elapsed', ...names], rows: this.rows, every, featureSpec, casts: this.casts };
    writeFileSync(this.path.replace(/\.npy$/, '.json'), `${JSON.stringify(about, null, 1)}\n`);
  }

  /** Leaves nothing behind, when a cast could not be computed. */
  discard(): void {
    closeSync(this.handle);
    rmSync(`${this.path}.part`);
  }

  private get isMatrix(): boolean {
    return this.path.endsWith('.npy');
  }
}
