import assert from 'node:assert/strict';
import { castInSeries, usual } from '../../../models/simulator/cast-series.js';

const series = (variant?: Parameters<typeof castInSeries>[3]) =>
  Array.from({ length: 200 }, (_, i) => castInSeries('val', 5, i, variant));
const faults = (casts: ReturnType<typeof series>): number =>
  casts.reduce((sum, { plan }) => sum + plan.sensorFaults.length, 0);

describe('variants of a series', () => {
  it('have sensors that fail as much more often as asked for', () => {
    const ratio = faults(series({ ...usual, faultRate: 4 })) / faults(series());
    assert.ok(ratio > 3.3 && ratio < 4.7, `${ratio}`);
  });

  it('have no defects and no look-alikes when calm, but their sensor faults', () => {
    const known = series();
    const calm = series({ ...usual, calm: true });
    assert.ok(known.some(({ plan }) => plan.events.length > 0 && plan.hardNegatives.length > 0));
    for (const [i, { plan }] of calm.entries()) {
      assert.deepEqual([plan.events, plan.hardNegatives], [[], []]);
      assert.deepEqual(plan.sensorFaults, known[i]!.plan.sensorFaults);
    }
  });

  it('keep the noise of the usual series, and are told apart by their names', () => {
    const [known] = series();
    const [calm] = series({ faultRate: 2, calm: true, varied: false });
    assert.equal(calm!.plan.seed, known!.plan.seed);
    assert.equal(known!.heading.id, 'val-5-0000');
    assert.equal(calm!.heading.id, 'val-5-0000-calm-faults2');
  });

  it('have conditions of their own when varied, from a little easier to clearly harder, and nothing else drawn anew', () => {
    const known = series();
    const varied = series({ ...usual, varied: true });
    const factors = varied.map(({ plan }) => plan.conditions.noise);
    assert.ok(Math.min(...factors) < 0.9 && Math.max(...factors) > 1.25);
    assert.ok(factors.every((factor) => factor >= 0.85 && factor <= 1.3));
    for (const [i, { plan, heading }] of varied.entries()) {
      const { conditions, hardNegatives, ...rest } = plan;
      assert.deepEqual(
        { ...known[i]!.plan, conditions, hardNegatives },
        { ...rest, conditions, hardNegatives },
      );
      assert.match(heading.id, /^val-5-\d{4}-varied$/);
    }
  });
});
