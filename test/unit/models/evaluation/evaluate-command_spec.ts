import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot, shipped } from '../../../../nodes/lib/package-paths.js';
import { castFolder, removeCastFolders } from '../../../support/cast-files.js';

interface Report {
  readonly provenance: {
    readonly casts: number;
    readonly events: number;
    readonly problems: readonly string[];
  };
  readonly models: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly byMechanism: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly alarms: { readonly raised: number };
  readonly faultsAlone: { readonly faults: number };
}

function run(...args: string[]): { code: number | null; out: string; err: string } {
  const cli = join(packageRoot(), 'models', 'evaluation', 'cli.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', cli, ...args], {
    ...{ cwd: packageRoot(), encoding: 'utf8' },
  });
  return { code: status, out: stdout, err: stderr };
}

/** Two of the casts that are shipped: half an hour each. */
function someCasts(): string {
  const files = ['crack', 'sensor-fault'].flatMap((id) => [`${id}.csv`, `${id}.json`]);
  return castFolder(
    Object.fromEntries(files.map((file) => [file, readFileSync(join(shipped.casts(), file), 'utf8')])),
  );
}

describe('npm run evaluate', function () {
  // Every prediction of an hour of casting, twice, on a machine that may be busy.
  this.timeout(240_000);
  after(removeCastFolders);

  it('prints the same figures from one process and from two, and only figures', () => {
    const casts = someCasts();
    const figures = castFolder({});
    const alone = run(
      '--casts',
      casts,
      '--json',
      '--bootstrap',
      '20',
      '--workers',
      '1',
      '--figures',
      figures,
    );
    assert.equal(alone.code, 0, alone.err);
    const report = JSON.parse(alone.out) as Report;
    assert.equal(run('--casts', casts, '--json', '--bootstrap', '20', '--workers', '2').out, alone.out);

    assert.equal(report.provenance.casts, 2);
    assert.equal(report.provenance.events, 1);
    for (const source of ['rules', 'baseline', 'sequence', 'ensemble']) {
      const figures = report.models[source]!;
      for (const key of 'eventRecall falseAlarmsPer8h timelyRecall medianLeadS p10LeadS auc averagePrecision ece'.split(
        ' ',
      ))
        assert.ok(key in figures, `${source}.${key}`);
      assert.deepEqual(Object.keys(figures.frozen as object).slice(0, 2), [
        'eventRecall',
        'falseAlarmsPer8h',
      ]);
      assert.deepEqual(Object.keys(report.byMechanism[source]!), ['long_crack']);
    }
    assert.equal(report.models.ensemble!.eventRecall, 1);
    assert.ok(report.alarms.raised >= 1);
    assert.equal(report.faultsAlone.faults, 3);

    assert.deepEqual(readdirSync(figures).sort(), ['lead-times.svg', 'recall.svg', 'reliability.svg']);
    for (const file of readdirSync(figures)) {
      const svg = readFileSync(join(figures, file), 'utf8');
      assert.match(svg, /prefers-color-scheme: dark/);
      assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
    }
  });

  it('says which file is missing when casts come without their true events', () => {
    const csv = readFileSync(join(shipped.casts(), 'crack.csv'), 'utf8');
    const { code, out, err } = run('--casts', castFolder({ 'own.csv': csv }), '--json');
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /own\.json can't be read .*npm run casts/);
  });
});
