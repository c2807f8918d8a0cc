import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { featureSpecHash } from '../../../../nodes/lib/feature-spec.js';
import { readConfig } from '../../../../nodes/lib/config/read-config.js';
import { packageRoot } from '../../../../nodes/lib/package-paths.js';

const YAML = `
streaming: { inference_interval: 5 }
sensors:
  - { name: mold_level, unit: mm, range: [0, 200], gap: none }
features: { windows: [10], statistics: [mean, count], sequence: { length: 5, channels: [mold_level] } }
`;
/** A cast of 12 s with a missing value at 3 s; the label column must not matter. */
const csv = (level: number): string =>
  [
    't,mold_level,y_any',
    ...Array.from({ length: 12 }, (_, t) => `${t},${t === 3 ? '' : level + t},1`),
    '',
  ].join('\n');

describe('npm run features', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'strandwatch-features-'));
    writeFileSync(join(folder, 'config.yaml'), YAML);
    for (const [name, level] of [
      ['a', 100],
      ['b', 50],
      ['c', 10],
    ] as const)
      writeFileSync(join(folder, `${name}.csv`), csv(level));
  });
  before(() => mkdirSync(join(folder, 'empty')));
  after(() => rmSync(folder, { recursive: true }));

  function run(...args: string[]): { code: number | null; said: string } {
    const cli = join(packageRoot(), 'models', 'features', 'cli.ts');
    const command = ['--import', 'tsx', cli, '--config', join(folder, 'config.yaml'), '--quiet', ...args];
    const { status, stderr, stdout } = spawnSync(process.execPath, command, {
      cwd: packageRoot(),
      encoding: 'utf8',
    });
    return { code: status, said: stdout + stderr };
  }
  const path = (name: string): string => join(folder, name);
  const made = (name: string): string => join(folder, 'made', name);

  it('writes a row per instant, empty where nothing can be said, without the labels', () => {
    assert.deepEqual(run('--casts', path('a.csv'), '--out', made('a-table.csv')), { code: 0, said: '' });
    assert.deepEqual(readFileSync(made('a-table.csv'), 'utf8').split('\n'), [
      'cast,strand,timestamp,elapsed,mold_level.mean.10s,mold_level.count.10s',
      'a,strand-1,0,0,100,1',
      'a,strand-1,5000,5,102.4,5',
      'a,strand-1,10000,10,105.77777777777777,9',
      '',
    ]);
  });

  it('writes the same bytes with one process and with two', () => {
    const tables = ['1', '2'].map((workers) => {
      const out = made(`table-${workers}.csv`);
      assert.equal(run('--casts', folder, '--out', out, '--workers', workers).code, 0);
      return readFileSync(out, 'utf8');
    });
    assert.equal(tables[0], tables[1]);
  });

  it('writes a matrix with what is needed to read it', () => {
    assert.equal(run('--casts', path('b.csv'), '--out', made('b.npy'), '--every', '10').code, 0);
    const bytes = readFileSync(made('b.npy'));
    assert.match(
      bytes.subarray(0, 128).toString('latin1'),
      /'<f4', 'fortran_order': False, 'shape': \(2, 3\)/,
    );
    const floats = Array.from({ length: 6 }, (_, i) => bytes.readFloatLE(128 + 4 * i));
    assert.deepEqual(floats, [0, 50, 1, 10, Math.fround(50 + 52 / 9), 9]);
    const about = JSON.parse(readFileSync(made('b.json'), 'utf8')) as Record<string, unknown>;
    assert.deepEqual(about, {
      columns: ['elapsed', 'mold_level.mean.10s', 'mold_level.count.10s'],
      rows: 2,
      every: 10,
      featureSpec: featureSpecHash(readConfig(YAML, 'config.yaml').config),
      casts: [{ id: 'b', strand: 'strand-1', row: 0, rows: 2 }],
    });
  });

  it('writes the channels of the sequence second by second, NaN where missing', () => {
    assert.equal(run('--casts', path('c.csv'), '--sequence-out', made('sequences')).code, 0);
    const bytes = readFileSync(join(made('sequences'), 'c.npy'));
    const floats = Array.from({ length: 12 }, (_, i) => bytes.readFloatLE(128 + 4 * i));
    assert.deepEqual(floats, [10, 11, 12, NaN, 14, 15, 16, 17, 18, 19, 20, 21]);
  });

  it('writes label columns beside the table, a line per row of the recording, and refuses one that is not there', () => {
    assert.equal(run('--casts', path('a.csv'), '--out', made('l.npy'), '--labels', 'y_any').code, 0);
    const lines = readFileSync(made('l.labels.csv'), 'utf8').split('\n');
    assert.deepEqual(lines.slice(0, 3), ['cast,elapsed,y_any', 'a,0,1', 'a,1,1']);
    assert.equal(lines.length, 12 + 2);
    const { code, said } = run('--casts', path('a.csv'), '--out', made('l.npy'), '--labels', 'fault');
    assert.equal(code, 1);
    assert.match(said, /a\.csv has no column fault/);
  });

  it('says that a folder holds no casts', () => {
    const { code, said } = run('--casts', path('empty'), '--out', made('nothing.npy'));
    assert.equal(code, 1);
    assert.match(said, /--casts: .* holds no casts/);
  });

  it('leaves no half table when a cast can’t be read, and says which', () => {
    writeFileSync(path('broken.csv'), 'nothing,here\n1,2\n');
    const { code, said } = run('--casts', path('broken.csv'), '--out', made('broken-table.csv'));
    rmSync(path('broken.csv'));
    assert.equal(code, 1);
    assert.match(said, /broken\.csv:1: expected a time column/);
    assert.deepEqual(
      readdirSync(path('made')).filter((file) => file.startsWith('broken')),
      [],
    );
  });
});
