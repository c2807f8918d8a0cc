import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeLogPath, ChangeLogStore } from '../../../nodes/strand-config/change-log-store.js';

describe('log of live changes', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'strandwatch-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = (): ChangeLogStore =>
    new ChangeLogStore(changeLogPath(folder, 'node/1'), (err) => assert.fail(err.message));
  const change = (number: number) => ({
    path: 'alerts.deadband',
    from: 0,
    to: number,
    by: 'Eva',
    at: `day ${number}`,
  });

  it('tells after a restart who changed what, newest first', async () => {
    const log = open();
    log.add(change(1));
    log.add({ path: 'alerts', from: 1, by: 'Ann', at: 'day 2' });
    await log.settled();
    assert.deepEqual(open().newestFirst, [{ path: 'alerts', from: 1, by: 'Ann', at: 'day 2' }, change(1)]);
  });

  it('passes over a line that was torn by a power cut', async () => {
    const log = open();
    log.add(change(1));
    await log.settled();
    appendFileSync(changeLogPath(folder, 'node/1')!, '{"path":"alerts.dea');
    assert.deepEqual(open().newestFirst, [change(1)]);
  });

  it('keeps the last thousand, in memory and in the file', async () => {
    const log = open();
    for (let number = 0; number < 2100; number++) log.add(change(number));
    await log.settled();
    const lines = readFileSync(changeLogPath(folder, 'node/1')!, 'utf8').trim().split('\n');
    assert.ok(lines.length < 2000, `${lines.length} lines`);
    assert.equal(open().newestFirst.length, 1000);
    assert.equal(open().newestFirst[0]?.at, 'day 2099');
  });

  it('keeps nothing on the disk where there is no user directory', async () => {
    const log = new ChangeLogStore(changeLogPath(undefined, 'node'), () => assert.fail());
    log.add(change(1));
    await log.settled();
    assert.equal(log.newestFirst.length, 1);
  });
});
