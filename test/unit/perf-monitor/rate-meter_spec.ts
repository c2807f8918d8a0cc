import assert from 'node:assert/strict';
import { monoMs } from '../../../nodes/lib/clock.js';
import { RateMeter } from '../../../nodes/perf-monitor/rate-meter.js';

describe('RateMeter', () => {
  it('knows no rate before its second look', () => {
    const meter = new RateMeter(3);
    assert.equal(meter.perSecond(), 0);
    meter.sample(100, monoMs(0));
    assert.equal(meter.perSecond(), 0);
  });

  it('takes the rate over the looks it keeps', () => {
    const meter = new RateMeter(3);
    [0, 100, 100, 130].forEach((total, second) => meter.sample(total, monoMs(1000 * second)));
    // From 100 at 1 s to 130 at 3 s; the first look is forgotten.
    assert.equal(meter.perSecond(), 15);
  });

  it('counts by the time that passed, not by the number of looks', () => {
    const meter = new RateMeter(5);
    meter.sample(0, monoMs(0));
    meter.sample(50, monoMs(10_000));
    assert.equal(meter.perSecond(), 5);
  });

  it('begins anew after a reset', () => {
    const meter = new RateMeter(5);
    meter.sample(0, monoMs(0));
    meter.sample(50, monoMs(1000));
    meter.reset();
    meter.sample(0, monoMs(2000));
    assert.equal(meter.perSecond(), 0);
  });
});
