import assert from 'node:assert/strict';
import {
  assess,
  isBeyond,
  levelOf,
  NORMAL,
  onsetOf,
  resumed,
} from '../../../nodes/alert-manager/condition.js';
import { castMs } from '../../../nodes/lib/clock.js';
import { SETTINGS } from './story.js';

describe('isBeyond', () => {
  const rows: readonly [name: string, risk: number, active: boolean, expected: boolean][] = [
    ['is not beyond exactly on the limit', 0.5, false, false],
    ['is beyond just above it', 0.501, false, true],
    ['does not use the deadband before it is active', 0.47, false, false],
    ['stays beyond within the deadband', 0.47, true, true],
    ['is back exactly at the end of the deadband', 0.45, true, false],
  ];
  for (const [name, risk, active, expected] of rows)
    it(name, () => assert.equal(isBeyond(risk, 0.5, 0.05, active), expected));
});

describe('assess', () => {
  const levels = (risks: readonly number[], change: Partial<typeof SETTINGS> = {}) => {
    let condition = NORMAL;
    return risks.map((risk, look) => {
      condition = assess(condition, risk, castMs(5000 * look), { ...SETTINGS, ...change });
      return levelOf(condition);
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
    const pending = assess(NORMAL, 0.6, castMs(5000), { ...SETTINGS, onDelayMs: 5000 });
    assert.equal(onsetOf(pending), null);
    assert.equal(onsetOf(assess(pending, 0.6, castMs(10_000), { ...SETTINGS, onDelayMs: 5000 })), 5000);
  });
  it('goes on at its level after a restart', () => {
    assert.equal(levelOf(resumed('critical', castMs(0))), 'critical');
    assert.equal(levelOf(resumed(null, castMs(0))), null);
  });
});
