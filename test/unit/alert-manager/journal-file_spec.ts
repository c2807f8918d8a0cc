import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '../../../nodes/alert-manager/journal-file.js';
import { encodeEntry } from '../../../nodes/alert-manager/journal-codec.js';
import { systemClock } from '../../../nodes/lib/clock.js';
import { AlarmDesk } from '../../../nodes/alert-manager/alarm-desk.js';
import { evidence, SETTINGS, WALL } from './story.js';

const line = (strand: string): string => {
  const [transition] = new AlarmDesk().assess(evidence(0, 0.9, { strand }), WALL, SETTINGS);
  return encodeEntry({ kind: 'transition', ...transition! });
};

describe('the journal on the disk', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'strandwatch-journal-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const path = (): string => join(folder, 'logs', 'alarms-n.jsonl');
  const open = (keepFiles = 3) =>
    openJournal(path(), 50, { keepFiles, maxAgeMs: 86_400_000, clock: systemClock });
  const strands = (): string[] => open().content.open.map(({ strand }) => strand);

  it('makes its folder and gives back what was appended', async () => {
    const { disk, content } = open();
    assert.deepEqual(content.open, []);
    await disk.append(line('1'));
    await disk.append(line('2') + line('3'));
    await disk.close();
    assert.deepEqual(strands(), ['1', '2', '3']);
  });

  it('cuts a torn end off, so that the next line is whole', async () => {
    const first = open();
    await first.disk.append(line('1'));
    await first.disk.close();
    appendFileSync(path(), line('2').slice(0, 40));
    const { disk, tornBytes } = open();
    assert.equal(tornBytes, 40);
    await disk.append(line('3'));
    await disk.close();
    assert.deepEqual(strands(), ['1', '3']);
  });

  it('begins a new file and keeps the old ones, the oldest giving way', async () => {
    const { disk } = open(2);
    for (const strand of ['1', '2', '3', '4']) {
      await disk.append(line(strand));
      await disk.startNew(encodeEntry({ kind: 'snapshot', open: [], past: [], watches: [] }));
    }
    await disk.append(line('5'));
    await disk.close();
    assert.deepEqual(readdirSync(join(folder, 'logs')).sort(), [
      'alarms-n.jsonl',
      'alarms-n.jsonl.1',
      'alarms-n.jsonl.2',
    ]);
    assert.match(readFileSync(`${path()}.1`, 'utf8'), /"strand":"4"/);
    assert.match(readFileSync(`${path()}.2`, 'utf8'), /"strand":"3"/);
    assert.deepEqual(strands(), ['5']);
  });

  it('does not take a file that somebody removed for stored, and goes on in a new one', async () => {
    const { disk } = open();
    await disk.append(line('1'));
    rmSync(path());
    await assert.rejects(disk.append(line('2')), /removed/);
    await disk.append(line('2'));
    await disk.close();
    assert.deepEqual(strands(), ['2']);
  });

  it('names the file and what to do when it can not be used', () => {
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
    assert.throws(open, {
      code: 'JOURNAL_FAILED',
      message: /alarms-n\.jsonl: alarms can't be stored .* free the disk/,
    });
    rmSync(join(folder, 'logs'));
    mkdirSync(path(), { recursive: true });
    assert.throws(open, { code: 'JOURNAL_FAILED' });
  });
});
