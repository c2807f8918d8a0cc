import assert from 'node:assert/strict';
import { TimingError } from '../../../nodes/cast-replay/timing-error.js';

describe('TimingError', () => {
  it('says nothing before the first row', () => {
    assert.deepEqual(new TimingError().report(0), {
      rows: 0,
      errorMs: null,
      jitterMs: null,
      worstMs: null,
      slippedMs: 0,
    });
  });

  it('tells the mean, the worst, and how far the 99th percentile is from the median', () => {
    const timing = new TimingError();
    for (let ms = 0; ms <= 100; ms++) timing.record(ms);
    assert.deepEqual(timing.report(7), { rows: 101, errorMs: 50, jitterMs: 49, worstMs: 100, slippedMs: 7 });
  });

  it('takes the percentiles over the last 1024 rows, the rest over all', () => {
    const timing = new TimingError();
    for (let row = 0; row < 1000; row++) timing.record(500);
    for (let row = 0; row < 1024; row++) timing.record(2);
    const { jitterMs, worstMs } = timing.report(0);
    assert.deepEqual([jitterMs, worstMs], [0, 500]);
  });

  it('forgets on reset', () => {
    const timing = new TimingError();
    timing.record(5);
    timing.reset();
    assert.equal(timing.report(0).errorMs, null);
  });
});
