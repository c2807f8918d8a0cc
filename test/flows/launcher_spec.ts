import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  cleanUp,
  eventually,
  metric,
  ROOT,
  StrandWatchProcess,
  temporaryFolder,
} from '../support/strandwatch-process.js';

const STOP_WITHIN_MS = 5000;

describe('launcher', function () {
  this.timeout(120_000);
  cleanUp();

  describe('what it was given is checked before Node-RED is loaded', () => {
    const refused: readonly [options: string[], says: RegExp][] = [
      [
        ['--cast', 'stiker'],
        /^strandwatch: Unknown cast "stiker"\. Did you mean sticker\? Known: .*normal.*$/,
      ],
      [['--sped', '60'], /^strandwatch: Unknown option --sped: did you mean --speed\? See --help\.$/],
      [['--speed', '0'], /^strandwatch: --speed: expected a number from 0\.1 to 1000 or unpaced, got "0"\.$/],
      [['--config', 'nowhere.yaml'], /^strandwatch: --config: can't read nowhere\.yaml \(ENOENT\)\.$/],
    ];
    for (const [options, says] of refused)
      it(`refuses ${options.join(' ')} in one line`, async () => {
        const system = new StrandWatchProcess({ options });
        assert.equal(await system.exit(), 1);
        assert.match(system.output.trimEnd(), says);
      });

    it('names file, line and key of a configuration that it refuses', async () => {
      const workDir = temporaryFolder();
      writeFileSync(
        join(workDir, 'wrong.yaml'),
        'sensors:\n  - { name: mold_level, unit: mm, range: [0, 200] }\nalerts:\n  deadband: 5%\n',
      );
      const system = new StrandWatchProcess({ options: ['--config', 'wrong.yaml'], workDir });
      assert.equal(await system.exit(), 1);
      assert.match(system.output.trimEnd(), /^strandwatch: wrong\.yaml:4 alerts\.deadband: expected .*$/);
    });

    it('says that a port is in use', async () => {
      const occupied = createServer();
      await new Promise<void>((listening) => occupied.listen(0, '127.0.0.1', listening));
      const { port } = occupied.address() as AddressInfo;
      const system = new StrandWatchProcess({ options: ['--port', String(port)] });
      assert.equal(await system.exit(), 1);
      assert.equal(
        system.output.trimEnd(),
        `strandwatch: Port ${port} is in use. Stop what uses it, or choose another: --port 0 takes any.`,
      );
      occupied.close();
    });

    it('explains its options', async () => {
      const system = new StrandWatchProcess({ options: ['--help'] });
      assert.equal(await system.exit(), 0);
      for (const option of ['cast', 'speed', 'strands', 'duration', 'port', 'config', 'user-dir', 'help'])
        assert.match(system.output, new RegExp(`--${option}\\b`));
    });
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    it(`ends cleanly within 5 s of ${signal}`, async () => {
      const system = new StrandWatchProcess();
      const address = await system.ready();
      await eventually('readings', () => metric(address, 'strandwatch_readings_total'));
      const askedAt = performance.now();
      system.signal(signal);
      assert.equal(await system.exit(), 0);
      assert.ok(performance.now() - askedAt < STOP_WITHIN_MS);
      assert.deepEqual(system.complaints, []);
    });

  it('answers for a page that is not there, and has all of its own once it says that it replays', async () => {
    const system = new StrandWatchProcess();
    const address = await system.ready();
    const status = async (path: string) => (await fetch(`${address}${path}`)).status;
    assert.equal(await status('/strandwatch/metrics'), 200);
    assert.equal(await status('/ui/'), 200);
    assert.equal(await status('/no/such/page'), 404);
    assert.equal(await system.stop(), 0);
  });

  it('ends by itself after --duration', async () => {
    const system = new StrandWatchProcess({ options: ['--duration', '2'] });
    await system.ready();
    assert.equal(await system.exit(), 0);
  });

  it('keeps what the user edits in the flow over a restart, and leaves the repository alone', async () => {
    const before = repositoryState();
    const first = new StrandWatchProcess();
    const address = await first.ready();
    const flows = (await (await fetch(`${address}/flows`)).json()) as object[];
    flows.push({ id: 'mine', type: 'tab', label: 'My own tab' });
    const deployed = await fetch(`${address}/flows`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(flows),
    });
    assert.equal(deployed.status, 204);
    assert.equal(await first.stop(), 0);
    const second = new StrandWatchProcess({ userDir: first.userDir });
    const restarted = await (await fetch(`${await second.ready()}/flows`)).text();
    assert.match(restarted, /My own tab/);
    assert.equal(await second.stop(), 0);
    assert.deepEqual(second.complaints, []);
    assert.equal(repositoryState(), before);
  });

  it('asks for the login that the environment sets, but not for the health', async () => {
    const system = new StrandWatchProcess({ environment: { STRANDWATCH_ADMIN_PASSWORD: 'secret' } });
    const address = await system.ready();
    const status = async (path: string, login?: string) => {
      const headers = login === undefined ? {} : { authorization: `Basic ${btoa(login)}` };
      return (await fetch(`${address}${path}`, { headers })).status;
    };
    assert.equal(await status('/flows'), 401);
    assert.equal(await status('/ui/'), 401);
    assert.equal(await status('/strandwatch/metrics'), 401);
    assert.equal(await status('/strandwatch/metrics', 'admin:wrong'), 401);
    assert.equal(await status('/strandwatch/metrics', 'admin:secret'), 200);
    assert.equal(await status('/ui/', 'admin:secret'), 200);
    assert.notEqual(await status('/strandwatch/health'), 401);
    assert.equal(await system.stop(), 0);
  });
});

/** What git knows of the checkout, and the shipped flow to the byte. */
function repositoryState(): string {
  const flow = readFileSync(join(ROOT, 'flows', 'strandwatch.json'), 'utf8');
  return execFileSync('git', ['status', '--porcelain'], { cwd: ROOT, encoding: 'utf8' }) + flow;
}
