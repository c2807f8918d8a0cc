import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../nodes/lib/package-paths.js';
import { checkMetrics, holdsMetrics } from '../../oracles/metrics-vectors.js';

const FOLDER = join(__dirname, '..', '..', 'oracles', 'features');
const contentOf = (file: string): unknown => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

describe('golden vectors of the metrics', () => {
  it('are told from those of the features by what they hold', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
    assert.deepEqual(
      files.filter((file) => holdsMetrics(contentOf(file))),
      ['metrics.json'],
    );
    assert.ok(holdsMetrics({ sets: [{ id: 'other', y: [1, 0], p: [0.5, 0.5] }] }));
    assert.ok(!holdsMetrics(null));
  });

  it('notice a metric that is off', () => {
    const file = contentOf('metrics.json') as { sets: { expect: { average_precision: number } }[] };
    file.sets[0]!.expect.average_precision += 1e-9;
    assert.deepEqual(checkMetrics(file).length, 1);
  });

  it('are checked by `npm run oracle -- metrics`, whatever else lies in the folder', () => {
    const command = ['--import', 'tsx', join(packageRoot(), 'test', 'oracles', 'cli.ts'), 'metrics', FOLDER];
    const { status, stdout } = spawnSync(process.execPath, command, { encoding: 'utf8' });
    assert.equal(stdout, 'pass  metrics.json\n1 passed, 0 failed\n');
    assert.equal(status, 0);
  });
});
