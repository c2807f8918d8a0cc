import assert from 'node:assert/strict';
import {
  activeLimit,
  assess,
  isBeyond,
  normal,
  onsetOf,
  resumed,
} from '../../../../nodes/lib/alarm-condition/condition.js';
import { castMs } from '../../../../nodes/lib/clock.js';
import { ruleWith, type Change } from '../../alert-manager/story.js';

const RULE = ruleWith();
const NORMAL = normal(RULE.limits);

describe('isBeyond', () => {
  const rows: readonly [name: string, risk: number, active: boolean, expected: boolean][] = [
    ['is not beyond exactly on the limit', 0.5, false, false],
    ['is beyond just above it', 0.501, false, true],
    ['does not use the deadband before it is active', 0.47, false, false],
    ['stays beyond within the deadband', 0.47, true, true],
    ['is back exactly at the end of the deadband', 0.45, true, false],
  ];
  for (const [name, risk, active, expected] of rows)
    it(name, () =>
      assert.equal(isBeyond(risk, { level: 'warning', above: 0.5, deadband: 0.05 }, active), expected),
    );
});

describe('assess', () => {
  const levels = (risks: readonly number[], change: Change = {}) => {
    let condition = NORMAL;
    return risks.map((risk, look) => {
      condition = assess(condition, risk, castMs(5000 * look), ruleWith(change));
      return activeLimit(condition, RULE)?.level ?? null;
    });
  };

  it('goes through the levels with the risk', () =>
    assert.deepEqual(levels([0.4, 0.6, 0.9, 0.6, 0.4]), [null, 'warning', 'critical', 'warning', null]));
  it('is critical at once when the risk jumps', () => assert.deepEqual(levels([0.9]), ['critical']));
  it('gives each level its own on-delay', () =>
    assert.deepEqual(levels([0.6, 0.9, 0.9, 0.9], { onDelayMs: 10_000 }), [
      null,
      null,
      'warning',
      'critical',
    ]));
  it('tells when the risk first crossed a limit', () => {
    const pending = assess(NORMAL, 0.6, castMs(5000), ruleWith({ onDelayMs: 5000 }));
    assert.equal(onsetOf(pending), null);
    assert.equal(onsetOf(assess(pending, 0.6, castMs(10_000), ruleWith({ onDelayMs: 5000 }))), 5000);
  });
  it('is the same object when nothing changed, so that a quiet look costs nothing', () => {
    const active = assess(NORMAL, 0.9, castMs(0), RULE);
    assert.equal(assess(active, 0.9, castMs(5000), RULE), active);
    assert.equal(assess(NORMAL, 0.1, castMs(5000), RULE), NORMAL);
  });
  it('goes on at its level after a restart', () => {
    assert.equal(activeLimit(resumed('critical', castMs(0), RULE.limits), RULE)?.level, 'critical');
    assert.equal(activeLimit(resumed(null, castMs(0), RULE.limits), RULE), null);
  });
});
