import assert from 'node:assert/strict';
import { systemClock } from '../../../nodes/lib/clock.js';

describe('systemClock', () => {
  it('never goes backwards', () => {
    const before = systemClock.mono();
    assert.ok(systemClock.mono() >= before);
  });

  it('calls back at the next turn of the event loop for a delay of 0, and after a delay', async () => {
    await new Promise<void>((resolve) => systemClock.after(0, resolve));
    const alive = setTimeout(() => undefined, 5000);
    await new Promise<void>((resolve) => systemClock.after(1, resolve));
    clearTimeout(alive);
  });

  it('calls back no more once cancelled, whatever the delay', async () => {
    const called: number[] = [];
    for (const delay of [0, 1]) systemClock.cancel(systemClock.after(delay, () => called.push(delay)));
    const alive = setTimeout(() => undefined, 5000);
    await new Promise<void>((resolve) => systemClock.after(2, resolve));
    clearTimeout(alive);
    assert.deepEqual(called, []);
  });
});
