import assert from 'node:assert/strict';
import fc from 'fast-check';
import { wallMs } from '../../../../nodes/lib/clock.js';
import { MINUTE_MS, RateLimit, type Counts } from '../../../../nodes/alert-manager/notify/rate-limit.js';

const T0 = 1_772_000_000_000;
const one: Counts = { raised: 1, returned: 0, repeated: 0 };

describe('the rate limit of notifications', () => {
  it('lets the first ones of a minute through and tells the others as one digest', () => {
    const limit = new RateLimit<number>();
    const admitted = [...new Array(15).keys()].filter((i) => limit.admit(i, one, 3, wallMs(T0 + 100 * i)));
    assert.deepEqual(admitted, [0, 1, 2]);
    assert.equal(limit.take(wallMs(T0 + MINUTE_MS)), null);
    const digest = limit.take(wallMs(limit.dueAt!))!;
    assert.equal(digest.notifications, 12);
    assert.equal(digest.counts.raised, 12);
    assert.deepEqual(digest.samples, [3, 4, 5, 6, 7]);
    assert.equal(limit.dueAt, null);
  });

  it('lets everything through at a limit of 0', () => {
    const limit = new RateLimit<number>();
    for (let i = 0; i < 100; i++) assert.ok(limit.admit(i, one, 0, wallMs(T0)));
  });

  it('does not wait for a digest longer when the clock is set back', () => {
    const limit = new RateLimit<number>();
    limit.admit(0, one, 1, wallMs(T0));
    limit.admit(1, one, 1, wallMs(T0));
    assert.equal(limit.take(wallMs(T0 - 3_600_000))!.notifications, 1);
  });

  it('loses no alarm at any pace: what was let through and what the digests count is all there was', () => {
    const story = fc.array(
      fc.record({ after: fc.integer({ min: 0, max: 30_000 }), raised: fc.integer({ min: 0, max: 9 }) }),
    );
    fc.assert(
      fc.property(story, fc.integer({ min: 0, max: 5 }), (steps, perMinute) => {
        const limit = new RateLimit<number>();
        let [now, told, all] = [T0, 0, 0];
        const admittedAt: number[] = [];
        for (const { after, raised } of steps) {
          now += after;
          told += limit.take(wallMs(now))?.counts.raised ?? 0;
          all += raised;
          if (!limit.admit(now, { raised, returned: 0, repeated: 0 }, perMinute, wallMs(now))) continue;
          told += raised;
          admittedAt.push(now);
        }
        told += limit.takeNow()?.counts.raised ?? 0;
        assert.equal(told, all);
        if (perMinute === 0) return;
        for (const [i, at] of admittedAt.entries())
          if (i >= perMinute) assert.ok(at - admittedAt[i - perMinute]! >= MINUTE_MS);
      }),
    );
  });
});
