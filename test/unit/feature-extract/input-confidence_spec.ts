import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { castMs, monoMs } from '../../../nodes/lib/clock.js';
import { readConfig } from '../../../nodes/lib/config/read-config.js';
import { shipped } from '../../../nodes/lib/package-paths.js';
import type { QualityBySensor } from '../../../nodes/lib/quality.js';
import { FeatureEngine } from '../../../nodes/feature-extract/feature-engine.js';
import { planFeatures } from '../../../nodes/feature-extract/feature-plan.js';
import { inputWeights } from '../../../nodes/feature-extract/input-weights.js';

const { config } = readConfig(readFileSync(shipped.config(), 'utf8'), 'realtime_inference.yaml');
const plan = planFeatures(config);
const weights = Object.fromEntries([...inputWeights(plan)].map((weight, i) => [plan.sensors[i]!, weight]));
const good = Object.fromEntries(plan.sensors.map((sensor) => [sensor, 100]));

/** Confidence after `seconds` of good readings and then as many of the quality told. */
function confidence(quality: QualityBySensor, seconds = 600, missing: readonly string[] = []): number {
  const engine = new FeatureEngine(plan);
  for (let second = 0; second < 2 * seconds; second++) {
    const isGood = second < seconds;
    const gone = isGood ? {} : Object.fromEntries(missing.map((sensor) => [sensor, null]));
    engine.accept({
      topic: 's',
      timestamp: castMs(second * 1000),
      cast: { strand: 's', castId: 'c', elapsed: second },
      payload: { ...good, ...gone },
      quality: isGood ? {} : quality,
      timings: { entry: monoMs(0), stages: {} },
    });
  }
  return engine.judge('s', engine.of('s').numbers()).confidence;
}
const near = (got: number, expected: number): void =>
  assert.ok(Math.abs(got - expected) < 1e-3, `${got} is not ${expected}`);

describe('inputWeights', () => {
  it('are shares: none is negative, and they sum to 1', () => {
    const all = Object.values(weights);
    assert.ok(all.every((weight) => weight > 0));
    near(
      all.reduce((sum, weight) => sum + weight, 0),
      1,
    );
  });

  it('are largest for the casting speed, on which most else is measured', () => {
    const [first] = Object.entries(weights).sort(([, one], [, other]) => other - one);
    assert.equal(first![0], 'casting_speed');
  });

  it('are the same for thermocouples of the same row', () => near(weights.tc_u1!, weights.tc_u4!));
});

describe('the confidence of an instant', () => {
  it('is 1 while all sensors are good', () => assert.equal(confidence({}), 1));

  it('loses the weight of a sensor that stays bad', () =>
    near(confidence({ tc_u1: 'bad.stuck' }), 1 - weights.tc_u1!));

  it('loses half of it for one whose values are held', () =>
    near(confidence({ tc_u1: 'uncertain.held' }), 1 - weights.tc_u1! / 2));

  it('loses as much for a missing value as for a bad one', () =>
    near(confidence({}, 600, ['tc_u1', 'mold_level']), 1 - weights.tc_u1! - weights.mold_level!));

  it('is 0 when nothing can be measured', () => near(confidence({}, 600, plan.sensors), 0));

  it('remembers a failing for about a minute: what it spoiled is still in the windows', () => {
    const soon = confidence({ mold_level: 'bad.spike' }, 10);
    assert.ok(soon < 1 && soon > 1 - weights.mold_level!);
  });
});
