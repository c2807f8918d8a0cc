import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RiskMemory } from '../../../../nodes/strand-config/dashboard/risk-memory.js';
import type { AlarmLevel } from '../../../../nodes/lib/alarm.js';
import type { ConditionSettings } from '../../../../nodes/lib/alarm-condition/condition.js';

const settings = (changes: Partial<ConditionSettings<AlarmLevel>> = {}): ConditionSettings<AlarmLevel> => ({
  limits: [
    { level: 'warning', above: 0.5, deadband: 0.05 },
    { level: 'critical', above: 0.8, deadband: 0.05 },
  ],
  onDelayMs: 0,
  offDelayMs: 0,
  ...changes,
});

/** One prediction every 5 s. */
function remembering(
  risks: readonly (number | null)[],
  run = 1,
  memory = new RiskMemory(),
  from = 0,
): RiskMemory {
  risks.forEach((risk, index) => memory.add(from + 5000 * index, risk, run));
  return memory;
}

describe('RiskMemory', () => {
  const rows: readonly [
    name: string,
    risks: readonly (number | null)[],
    changes: object,
    expected: readonly number[],
  ][] = [
    ['an alarm that rises to critical is one', [0.1, 0.6, 0.9, 0.6, 0.1], {}, [1, 1, 15]],
    ['the deadband holds one together', [0.6, 0.48, 0.6, 0.1], {}, [1, 0, 10]],
    [
      'without a deadband it is two',
      [0.6, 0.48, 0.6, 0.1],
      { limits: [{ level: 'warning', above: 0.5, deadband: 0 }] },
      [2, 0, 5],
    ],
    ['an on-delay swallows a short one', [0.6, 0.1, 0.6, 0.6, 0.6], { onDelayMs: 10_000 }, [1, 0, 5]],
    ['an off-delay joins two', [0.6, 0.1, 0.6, 0.1, 0.1, 0.1], { offDelayMs: 10_000 }, [1, 0, 20]],
    ['what nobody could tell is no evidence', [0.6, null, 0.6], {}, [1, 0, 10]],
    ['critical twice in one alarm is counted once', [0.9, 0.6, 0.9, 0.1], {}, [1, 1, 10]],
  ];
  for (const [name, risks, changes, expected] of rows)
    it(name, () => {
      const { alarms, critical, activeS } = remembering(risks).wouldHaveGiven(settings(changes), 1);
      assert.deepEqual([alarms, critical, activeS], expected);
    });

  it('ends an alarm with its cast', () => {
    const memory = remembering([0.6, 0.6]);
    remembering([0.6, 0.6], 2, memory, 1e9);
    assert.equal(memory.wouldHaveGiven(settings(), 1).alarms, 2);
  });

  it('looks back as many hours of cast time as asked, the gap between casts aside', () => {
    const memory = remembering(new Array(721).fill(0.6) as number[]);
    remembering(new Array(721).fill(0.1) as number[], 2, memory, 1e10);
    assert.equal(memory.coveredS(24), 7200);
    assert.equal(memory.wouldHaveGiven(settings(), 0.5).alarms, 0);
    assert.equal(memory.wouldHaveGiven(settings(), 1.5).alarms, 1);
  });

  it('keeps the newest 12 hours when more have passed', () => {
    const memory = remembering(new Array(20_000).fill(0.1) as number[]);
    assert.equal(memory.coveredS(24), 5 * 8639);
  });

  it('never counts more critical alarms than alarms, nor fewer alarms at a lower limit without delays', () => {
    const risks = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 600 });
    fc.assert(
      fc.property(risks, fc.double({ min: 0, max: 1, noNaN: true }), (values, above) => {
        const memory = remembering(values);
        const { alarms, critical, activeS } = memory.wouldHaveGiven(settings(), 24);
        assert.ok(critical <= alarms);
        const limits = [{ level: 'warning' as const, above: Math.min(above, 0.5), deadband: 0.05 }];
        assert.ok(memory.wouldHaveGiven(settings({ limits }), 24).activeS >= activeS);
      }),
    );
  });
});
