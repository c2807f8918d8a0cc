import assert from 'node:assert/strict';
import type { NodeStatus } from 'node-red';
import { ThrottledStatus } from '../../../nodes/lib/node-status.js';
import { FakeClock } from '../../support/fake-clock.js';

type Fill = 'red' | 'yellow' | 'green';
const status = (fill: Fill, text: string): NodeStatus => ({ fill, shape: 'dot', text });

class Shown {
  readonly clock = new FakeClock();
  readonly texts: string[] = [];
  readonly status = new ThrottledStatus(
    { status: (shown) => this.texts.push((shown as NodeStatus).text ?? '') },
    this.clock,
  );

  show(fill: Fill, text: string): this {
    this.status.show(status(fill, text));
    return this;
  }

  after(ms: number): this {
    this.clock.advance(ms);
    return this;
  }
}

describe('ThrottledStatus', () => {
  it('shows the first status at once', () => {
    assert.deepEqual(new Shown().show('green', 'a').texts, ['a']);
  });

  it('shows at most one a second, the latest of those that waited', () => {
    const shown = new Shown().show('green', 'a').show('green', 'b').show('green', 'c');
    assert.deepEqual(shown.texts, ['a']);
    assert.deepEqual(shown.after(1000).texts, ['a', 'c']);
    assert.deepEqual(shown.after(5000).texts, ['a', 'c']);
  });

  it('does not repeat what is shown already', () => {
    assert.deepEqual(new Shown().show('green', 'a').after(5000).show('green', 'a').after(5000).texts, ['a']);
  });

  it('forgets what waits when the shown status comes back', () => {
    assert.deepEqual(new Shown().show('green', 'a').show('green', 'b').show('green', 'a').after(5000).texts, [
      'a',
    ]);
  });

  it('never lets what is worse wait', () => {
    assert.deepEqual(new Shown().show('green', 'a').show('yellow', 'b').show('red', 'c').texts, [
      'a',
      'b',
      'c',
    ]);
  });

  it('lets getting better wait, so that a wavering node does not flicker', () => {
    const shown = new Shown().show('green', 'well');
    for (let i = 0; i < 100; i++) shown.show('yellow', 'degraded').show('green', 'well').after(100);
    // Ten seconds: each second at most one better and one worse status.
    assert.ok(shown.texts.length <= 21, `${shown.texts.length} statuses in 10 s`);
    assert.equal(shown.after(1000).texts.at(-1), 'well');
  });

  it('tells beforehand whether a colour would be shown at once', () => {
    const shown = new Shown();
    const due = (): boolean[] =>
      (['green', 'yellow', 'red'] as const).map((fill) => shown.status.isDue(fill));
    assert.deepEqual(due(), [true, true, true]);
    shown.show('yellow', 'a');
    assert.deepEqual(due(), [false, false, true]);
    shown.after(1000);
    assert.deepEqual(due(), [true, true, true]);
  });

  it('shows nothing any more once it is closed', () => {
    const shown = new Shown().show('green', 'a').show('green', 'b');
    shown.status.close();
    assert.deepEqual(shown.after(5000).texts, ['a']);
    assert.equal(shown.clock.pending, 0);
  });
});
