import assert from 'node:assert/strict';
import { faultsAlone } from '../../../../models/evaluation/faults-alone.js';
import type { CastTruth, TrueEvent, TrueFault } from '../../../../models/evaluation/truth.js';

const stuck: TrueFault = { type: 'stuck', onset: 1000, end: 1200 };

function cast(events: readonly TrueEvent[], lookAlikes: number | null = 0): CastTruth {
  const [ignored, defect] = [new Uint8Array(4000), new Uint8Array(4000)];
  return { ...{ id: 'cast', mold: null, ignored, defect, events, lookAlikes }, faults: [stuck] };
}

describe('sensor faults alone', () => {
  const event = { type: 'segregation', onset: 1100, complete: 1200, end: 1300 };
  const cases: readonly [
    name: string,
    alarm: { from: number; suppressed?: boolean },
    events: TrueEvent[],
    quiet: number,
  ][] = [
    ['are blamed for an alarm while they last', { from: 1100 }, [], 0],
    ['are blamed for an alarm at their onset', { from: 1000 }, [], 0],
    ['are blamed for an alarm 120 s after their end', { from: 1320 }, [], 0],
    ['are not blamed for a later one', { from: 1321 }, [], 1],
    ['are not blamed for one that was there before', { from: 999 }, [], 1],
    ['are not blamed for an alarm that was kept off the list', { from: 1100, suppressed: true }, [], 1],
    ['are not blamed for an alarm of a true event', { from: 1100 }, [event], 1],
    ['are blamed for an alarm long before a true event', { from: 1010 }, [event], 0],
  ];
  for (const [name, { from, suppressed = false }, events, quiet] of cases)
    it(name, () => {
      const got = faultsAlone(
        [cast(events)],
        [[{ rule: 'r', source: 'ensemble', from, to: null, suppressed }]],
        20,
      );
      assert.deepEqual([got?.quiet, got?.faults, got?.byType], [quiet, 1, { stuck: { faults: 1, quiet } }]);
    });

  it('are judged only in casts that are known to hold nothing that looks like a defect', () => {
    assert.equal(faultsAlone([cast([], 2), cast([], null)], [[], []], 20), null);
  });
});
