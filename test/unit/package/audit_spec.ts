import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const SCRIPT = join(__dirname, '..', '..', '..', '.ci', 'audit.mjs');

const answer = (counts: object, vulnerabilities: object = {}): string =>
  JSON.stringify({
    metadata: { vulnerabilities: { low: 0, moderate: 0, high: 0, critical: 0, ...counts } },
    vulnerabilities,
  });

describe('the audit of dependencies', function () {
  this.timeout(60_000);
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'strandwatch-audit-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs it with an `npm` that gives this answer. */
  function audited(text: string): { code: number | null; told: string } {
    const npm = join(folder, 'npm');
    writeFileSync(npm, `#!/bin/sh\ncat <<'ANSWER'\n${text}\nANSWER\nexit 1\n`);
    chmodSync(npm, 0o755);
    const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` };
    const { status, stdout } = spawnSync(process.execPath, [SCRIPT], { env, encoding: 'utf8' });
    return { code: status, told: stdout };
  }

  const rows: readonly [name: string, text: string, code: number, told: RegExp][] = [
    ['passes when the registry has no audit', '{ "message": "405 Method Not Allowed" }', 0, /not done.*405/],
    ['passes when nothing comes', '', 0, /not done/],
    ['passes when what comes is no JSON', '<html>', 0, /not done/],
    ['passes, and tells, when there is nothing high', answer({ moderate: 2 }), 0, /moderate 2/],
    [
      'fails on a high one, naming it',
      answer({ high: 1 }, { a: { name: 'left', severity: 'high', range: '<2' } }),
      1,
      /high: left <2/,
    ],
    ['fails on a critical one', answer({ critical: 1 }), 1, /critical 1/],
  ];
  for (const [name, text, code, told] of rows)
    it(name, function () {
      if (process.platform === 'win32') this.skip();
      const result = audited(text);
      assert.equal(result.code, code);
      assert.match(result.told, told);
    });
});
