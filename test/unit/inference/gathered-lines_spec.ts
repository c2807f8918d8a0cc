import assert from 'node:assert/strict';
import { GatheredLines } from '../../../nodes/lib/inference/gathered-lines.js';
import { FakeClock } from '../../support/fake-clock.js';

describe('GatheredLines', () => {
  const gather = () => {
    const clock = new FakeClock();
    const written: string[] = [];
    return { clock, written, lines: new GatheredLines(clock, (some) => written.push(some)) };
  };

  it('hands lines on together a quarter of a second after the first', () => {
    const { clock, written, lines } = gather();
    lines.add('a\n');
    clock.advance(249);
    lines.add('b\n');
    assert.deepEqual(written, []);
    clock.advance(1);
    lines.add('c\n');
    clock.advance(250);
    assert.deepEqual(written, ['a\nb\n', 'c\n']);
  });

  it('hands many lines on at once', () => {
    const { written, lines } = gather();
    lines.add('x'.repeat(64 * 1024));
    assert.equal(written.length, 1);
  });

  it('hands on what is left when it is told to, and nothing twice', () => {
    const { clock, written, lines } = gather();
    lines.add('a\n');
    lines.flush();
    lines.flush();
    clock.advance(1000);
    assert.deepEqual(written, ['a\n']);
    assert.equal(clock.pending, 0);
  });
});
