import assert from 'node:assert/strict';
import { castInSeries } from '../../../models/simulator/cast-series.js';

const series = (variant?: Parameters<typeof castInSeries>[3]) =>
  Array.from({ length: 200 }, (_, i) => castInSeries('val', 5, i, variant));
const faults = (casts: ReturnType<typeof series>): number =>
  casts.reduce((sum, { plan }) => sum + plan.sensorFaults.length, 0);

describe('variants of a series', () => {
  it('have sensors that fail as much more often as asked for', () => {
    const ratio = faults(series({ faultRate: 4, calm: false })) / faults(series());
    assert.ok(ratio > 3.3 && ratio < 4.7, `${ratio}`);
  });

  it('have no defects and no look-alikes when calm, but their sensor faults', () => {
    const usual = series();
    const calm = series({ faultRate: 1, calm: true });
    assert.ok(usual.some(({ plan }) => plan.events.length > 0 && plan.hardNegatives.length > 0));
    for (const [i, { plan }] of calm.entries()) {
      assert.deepEqual([plan.events, plan.hardNegatives], [[], []]);
      assert.deepEqual(plan.sensorFaults, usual[i]!.plan.sensorFaults);
    }
  });

  it('keep the noise of the usual series, and are told apart by their names', () => {
    const [usual] = series();
    const [calm] = series({ faultRate: 2, calm: true });
    assert.equal(calm!.plan.seed, usual!.plan.seed);
    assert.equal(usual!.heading.id, 'val-5-0000');
    assert.equal(calm!.heading.id, 'val-5-0000-calm-faults2');
  });
});
