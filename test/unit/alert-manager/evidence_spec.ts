import assert from 'node:assert/strict';
import { evidenceFrom } from '../../../nodes/alert-manager/evidence.js';

const message = (change: object = {}): object => ({
  topic: '1',
  timestamp: 5000,
  cast: { strand: '1', castId: 'c1', elapsed: 5, heat: 'H7', grade: 'low_c', position: 0.1 },
  payload: { probability: 0.4, method: 'weighted', baseline: null, sequence: null },
  ...change,
});
const single = (kind: string, probability = 0.9) => message({ payload: { probability, kind, model: 'm' } });

describe('evidenceFrom', () => {
  it('takes strand, cast, time, place and risk from a message', () => {
    assert.deepEqual(evidenceFrom(message()), {
      payload: { probability: 0.4, method: 'weighted', baseline: null, sequence: null },
      strand: '1',
      castId: 'c1',
      heat: 'H7',
      grade: 'low_c',
      positionM: 0.1,
      at: 5000,
      kind: 'ensemble',
      risk: 0.4,
      riskOf: {},
      ...{ rules: null, quality: null, process: null, health: null },
    });
  });
  it('tells a single model from the ensemble, and what each said in it', () => {
    assert.equal(evidenceFrom(single('baseline')).kind, 'baseline');
    assert.equal(evidenceFrom(single('sequence')).risk, 0.9);
    const both = { probability: 0.5, baseline: { probability: 0.4 }, sequence: { probability: null } };
    assert.deepEqual(evidenceFrom(message({ payload: both })).riskOf, { baseline: 0.4, sequence: null });
  });
  it('takes the quality of a reading, the word of the rules, the process states and the health', () => {
    const quality = { mold_level: 'bad.stuck' };
    const reading = evidenceFrom(message({ payload: { mold_level: null }, quality }));
    assert.deepEqual([reading.kind, reading.risk, reading.quality], ['reading', null, quality]);
    const finding = { rule: 'r', label: 'R', score: 0.7 };
    const rules = { score: 0.7, findings: [finding, { rule: 7 }] };
    assert.deepEqual(evidenceFrom(message({ rules })).rules, { score: 0.7, findings: [finding] });
    const process = { states: [{ state: 'start-up' }, { state: 'lunch' }] };
    assert.deepEqual(evidenceFrom(message({ process })).process, ['start-up']);
    const health = { status: 'degraded', reasons: [{ code: 'latency', message: 'slow' }] };
    assert.deepEqual(evidenceFrom(message({ payload: { health } })).health, {
      status: 'degraded',
      reasons: ['slow'],
    });
  });
  it('takes null for no evidence', () =>
    assert.equal(evidenceFrom(message({ payload: { probability: null } })).risk, null));
  it('does without a cast, and without what only explains', () => {
    assert.equal(evidenceFrom(message({ cast: undefined })).castId, '');
    const odd = evidenceFrom(message({ cast: { castId: 'c1', heat: 7, position: 'far' } }));
    assert.deepEqual([odd.heat, odd.positionM], [null, null]);
  });

  const wrong: readonly [name: string, change: object, told: RegExp][] = [
    ['no strand', { topic: undefined }, /^msg\.topic: expected a strand id, got undefined/],
    ['a number for a strand', { topic: 1 }, /^msg\.topic/],
    ['no time', { timestamp: undefined }, /^msg\.timestamp/],
    ['a text for a time', { timestamp: '2026-01-01' }, /^msg\.timestamp/],
    ['a time that is not a number', { timestamp: NaN }, /^msg\.timestamp/],
    ['a bare number', { payload: 0.9 }, /^msg\.payload: expected an object, got 0\.9/],
    ['a list', { payload: [0.9] }, /^msg\.payload/],
    ['no payload', { payload: null }, /^msg\.payload/],
    [
      'no probability',
      { payload: {} },
      /^msg\.payload\.probability: expected a number 0\.\.1 or null, got undefined/,
    ],
    ['a text for a probability', { payload: { probability: '0.9' } }, /^msg\.payload\.probability/],
    ['a percentage', { payload: { probability: 86 } }, /^msg\.payload\.probability/],
    ['a negative probability', { payload: { probability: -0.1 } }, /^msg\.payload\.probability/],
    ['NaN', { payload: { probability: NaN } }, /^msg\.payload\.probability/],
    ['an unknown kind', { payload: { probability: 0.9, kind: 'oracle' } }, /^msg\.payload\.kind/],
    ['a text for a cast', { cast: 'c1' }, /^msg\.cast: expected an object/],
    [
      'a strand of 10 MB',
      { topic: 'x'.repeat(1e7) },
      /^msg\.topic: expected a name of at most 200 characters/,
    ],
    ['a cast id of 10 MB', { cast: { castId: 'x'.repeat(1e7) } }, /^msg\.cast\.castId/],
    ['a number for a cast id', { cast: { castId: 7 } }, /^msg\.cast\.castId: expected a text, got 7/],
  ];
  for (const [name, change, told] of wrong) {
    it(`says what is wrong with ${name}`, () =>
      assert.throws(() => evidenceFrom(message(change)), {
        code: 'MESSAGE_INVALID',
        message: told,
      }));
  }
});
