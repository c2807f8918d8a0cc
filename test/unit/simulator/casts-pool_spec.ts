import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { carryOutAll } from '../../../models/simulator/casts-pool.js';

describe('casts over several processes', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'casts-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const jobs = (out: string) => [0, 1, 2].map((index) => ({ split: 'iid', seed: 7, index, out }) as const);
  const contents = (): string[] =>
    readdirSync(folder)
      .sort()
      .map((file) => readFileSync(join(folder, file), 'utf8'));

  it('are the same as from one, and in the same order', async () => {
    const alone = await carryOutAll(jobs(folder), 1, () => {});
    const written = contents();
    const counts: number[] = [];
    const together = await carryOutAll(jobs(folder), 2, (done) => counts.push(done));
    assert.deepEqual(together, alone);
    assert.deepEqual(contents(), written);
    assert.deepEqual(counts, [1, 2, 3]);
  });

  it('fail with the reason of the one that failed', async () => {
    await assert.rejects(
      carryOutAll(jobs(join(folder, 'not there')), 2, () => {}),
      /ENOENT.*not there/,
    );
  });
});
