import assert from 'node:assert/strict';
import { Journal, PATIENCE_MS, RETRY_MS, type JournalDisk } from '../../../nodes/alert-manager/journal.js';
import { FakeClock } from '../../support/fake-clock.js';

/** A disk that a test slows down, fills up and mends. */
class TestDisk implements JournalDisk {
  text = '';
  writes = 0;
  rotations = 0;
  isFull = false;
  isClosed = false;
  private gate: Promise<void> = Promise.resolve();
  private open: () => void = () => undefined;

  get size(): number {
    return this.text.length;
  }
  /** Holds every write until `goOn`. */
  hang(): void {
    this.gate = new Promise((resolve) => (this.open = resolve));
  }
  goOn(): void {
    this.open();
  }
  async append(text: string): Promise<void> {
    await this.gate;
    if (this.isFull) throw new Error('ENOSPC: no space left on device');
    this.writes++;
    this.text += text;
  }
  startNew(text: string): Promise<void> {
    this.rotations++;
    this.text = text;
    return Promise.resolve();
  }
  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

/** Lets every promise that can be settled settle. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Journal', () => {
  function started(maxBytes = 1e6) {
    const disk = new TestDisk();
    const clock = new FakeClock();
    const problems: (string | null)[] = [];
    const left: string[] = [];
    const journal = new Journal(disk, clock, {
      maxBytes,
      snapshot: () => 'snapshot\n',
      report: (problem) => problems.push(problem?.message ?? null),
    });
    const append = (name: string): void =>
      journal.append(`${name}\n`, (stored) => left.push(`${name}:${stored ? 'stored' : 'not stored'}`));
    return { disk, clock, problems, left, journal, append };
  }

  it('lets nothing leave before it is on the disk', async () => {
    const { disk, left, append } = started();
    disk.hang();
    append('a');
    await settled();
    assert.deepEqual(left, []);
    disk.goOn();
    await settled();
    assert.deepEqual(left, ['a:stored']);
    assert.equal(disk.text, 'a\n');
  });

  it('writes what arrives while the disk works in one go, in order', async () => {
    const { disk, left, append } = started();
    disk.hang();
    append('a');
    await settled();
    for (const name of ['b', 'c', 'd']) append(name);
    disk.goOn();
    await settled();
    assert.deepEqual(left, ['a:stored', 'b:stored', 'c:stored', 'd:stored']);
    assert.equal(disk.text, 'a\nb\nc\nd\n');
    assert.equal(disk.writes, 2);
  });

  it('lets what needs no storing leave at once, but never before what is waiting', async () => {
    const { left, append, journal } = started();
    journal.append('', () => left.push('answer'));
    append('a');
    journal.append('', () => left.push('answer to a'));
    assert.deepEqual(left, ['answer']);
    await settled();
    assert.deepEqual(left, ['answer', 'a:stored', 'answer to a']);
  });

  it('says once that the disk is full and lets alarms go out unstored', async () => {
    const { disk, left, problems, append } = started();
    disk.isFull = true;
    append('a');
    await settled();
    append('b');
    assert.deepEqual(left, ['a:not stored', 'b:not stored']);
    assert.deepEqual(problems, ['ENOSPC: no space left on device']);
  });

  it('stores a snapshot of everything as soon as the disk works again', async () => {
    const { disk, clock, left, problems, append } = started();
    append('a');
    await settled();
    disk.isFull = true;
    append('b');
    await settled();
    clock.advance(RETRY_MS);
    await settled();
    assert.equal(problems.length, 1);
    disk.isFull = false;
    clock.advance(RETRY_MS);
    await settled();
    assert.deepEqual(problems, ['ENOSPC: no space left on device', null]);
    append('c');
    await settled();
    assert.equal(disk.text, 'a\nsnapshot\nc\n');
    assert.deepEqual(left, ['a:stored', 'b:not stored', 'c:stored']);
  });

  it('takes another snapshot when an alarm came while the first was written', async () => {
    const { disk, clock, append } = started();
    disk.isFull = true;
    append('a');
    await settled();
    disk.isFull = false;
    disk.hang();
    clock.advance(RETRY_MS);
    append('b');
    disk.goOn();
    await settled();
    assert.equal(disk.text, 'snapshot\nsnapshot\n');
  });

  it('does not hold an alarm up when the disk hangs', async () => {
    const { disk, clock, left, problems, append } = started();
    disk.hang();
    append('a');
    await settled();
    append('b');
    clock.advance(PATIENCE_MS);
    assert.deepEqual(left, ['a:not stored', 'b:not stored']);
    assert.deepEqual(problems, [`the disk took longer than ${PATIENCE_MS} ms`]);
    disk.goOn();
    await settled();
    clock.advance(RETRY_MS);
    await settled();
    assert.deepEqual(problems.at(-1), null);
    assert.equal(left.length, 2);
  });

  it('does not blame the disk when the event loop stood still', async () => {
    const { disk, clock, problems, left, append } = started();
    disk.hang();
    append('a');
    await settled();
    clock.stall(3 * PATIENCE_MS);
    clock.turn();
    disk.goOn();
    await settled();
    assert.deepEqual([left, problems, clock.pending], [['a:stored'], [], 0]);
  });

  it('begins a new file when the old one has grown too large', async () => {
    const { disk, append } = started(10);
    for (const name of ['aaaa', 'bbbb', 'cccc']) {
      append(name);
      await settled();
    }
    assert.equal(disk.rotations, 1);
    assert.equal(disk.text, 'snapshot\n');
  });

  it('does not begin a new file at every line when the snapshot alone is too large', async () => {
    const { disk, append } = started(2);
    for (const name of ['a', 'b', 'c', 'd']) {
      append(name);
      await settled();
    }
    assert.equal(disk.rotations, 1);
  });

  it('stores what waits before it closes', async () => {
    const { disk, left, append, journal } = started();
    append('a');
    await journal.close(700);
    assert.deepEqual(left, ['a:stored']);
    assert.ok(disk.isClosed);
  });

  it('closes in time though the disk hangs, and ends what waits', async () => {
    const { disk, clock, left, append, journal } = started();
    disk.hang();
    append('a');
    await settled();
    const closing = journal.close(700);
    clock.advance(700);
    await closing;
    assert.deepEqual(left, ['a:not stored']);
    assert.equal(clock.pending, 0);
    disk.goOn();
    await settled();
    assert.ok(disk.isClosed);
    assert.deepEqual(left, ['a:not stored']);
  });
});
