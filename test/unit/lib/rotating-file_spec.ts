import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RotatingFile, type RotationLimits } from '../../../nodes/lib/rotating-file.js';
import { FakeClock } from '../../support/fake-clock.js';

const DAY_MS = 24 * 3600 * 1000;

describe('RotatingFile', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'rotating-file-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const clockAt = (iso: string): FakeClock => new FakeClock(Date.parse(iso));
  const troubles: string[] = [];
  beforeEach(() => (troubles.length = 0));
  const fileWith = (clock: FakeClock, limits: Partial<RotationLimits> = {}, name = 'p.jsonl'): RotatingFile =>
    new RotatingFile(
      join(folder, name),
      { maxBytes: 1000, maxFiles: 9, maxAgeMs: 30 * DAY_MS, ...limits },
      clock,
      ({ message }) => troubles.push(message),
    );
  const content = (name: string): string => readFileSync(join(folder, name), 'utf8');

  it('keeps the order of what is written, and goes on in a file that is there', async () => {
    writeFileSync(join(folder, 'p.jsonl'), 'old\n');
    const file = fileWith(clockAt('2026-11-21'));
    for (let i = 0; i < 20; i++) file.write(`${i}\n`);
    await file.close();
    assert.equal(content('p.jsonl'), `old\n${Array.from({ length: 20 }, (_, i) => `${i}\n`).join('')}`);
    assert.deepEqual(troubles, []);
  });

  it('makes the folder it writes to', async () => {
    const file = fileWith(clockAt('2026-11-21'), {}, 'logs/p.jsonl');
    file.write('a\n');
    await file.close();
    assert.equal(content('logs/p.jsonl'), 'a\n');
  });

  it('sets a full file aside under the time it ended, and loses no line', async () => {
    const file = fileWith(clockAt('2026-11-21T06:38:56.123Z'), { maxBytes: 10 });
    file.write('12345678\n');
    await file.close();
    file.write('abcdefgh\n');
    await file.close();
    assert.equal(content('p-2026-11-21T06-38-56.123Z.jsonl'), '12345678\n');
    assert.equal(content('p.jsonl'), 'abcdefgh\n');
  });

  it('sets a file aside a day after it was begun', async () => {
    const clock = clockAt('2026-11-21T00:00:00.000Z');
    const file = fileWith(clock);
    file.write('a\n');
    await file.settled();
    clock.advance(DAY_MS + 1);
    file.write('b\n');
    await file.close();
    assert.equal(content('p-2026-11-22T00-00-00.001Z.jsonl'), 'a\n');
    assert.equal(content('p.jsonl'), 'b\n');
  });

  it('removes the oldest files beyond the number to keep, and those too old', async () => {
    const clock = clockAt('2026-11-21T00:00:00.000Z');
    const now = clock.wall() / 1000;
    for (const [day, age] of [
      ['01', 20],
      ['02', 19],
      ['03', 18],
      ['04', 17],
    ] as const) {
      // prettier-ignore
      const name = join(folder, `p-2026-11-${day}T00-00-00.000Z.jsonl`);
      writeFileSync(name, 'x');
      utimesSync(name, now, now - age * 24 * 3600);
    }
    const others = ['other.jsonl', 'p-2.jsonl', 'p-2-2026-11-01T00-00-00.000Z.jsonl'];
    for (const name of others) writeFileSync(join(folder, name), 'x');
    writeFileSync(join(folder, 'p.jsonl'), 'x'.repeat(1000));
    const file = fileWith(clock, { maxFiles: 3, maxAgeMs: 17.5 * DAY_MS });
    file.write('a\n');
    await file.close();
    const left = readdirSync(folder).filter((name) => !others.includes(name));
    assert.equal(left.length, readdirSync(folder).length - others.length);
    assert.deepEqual(left.sort(), [
      'p-2026-11-04T00-00-00.000Z.jsonl',
      'p-2026-11-21T00-00-00.000Z.jsonl',
      'p.jsonl',
    ]);
  });

  it('tells of a disk that refuses, never fails, and writes again when it can', async () => {
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
    const file = fileWith(clockAt('2026-11-21'), {}, 'logs/p.jsonl');
    file.write('lost\n');
    await file.close();
    assert.equal(troubles.length, 1);
    rmSync(join(folder, 'logs'));
    file.write('kept\n');
    await file.close();
    assert.equal(content('logs/p.jsonl'), 'kept\n');
  });

  it('drops lines rather than fill the memory while the disk is slow', async () => {
    const file = fileWith(clockAt('2026-11-21'), { maxBytes: 1e9 });
    const line = `${'x'.repeat(999_999)}\n`;
    for (let i = 0; i < 10; i++) file.write(line);
    await file.close();
    assert.ok(statSync(join(folder, 'p.jsonl')).size <= 5e6);
    assert.match(troubles[0]!, /lines dropped: the disk was too slow/);
  });
});
