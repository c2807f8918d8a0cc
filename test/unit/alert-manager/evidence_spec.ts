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
    assert.deepEqual(evidenceFrom(message(), 'ensemble'), {
      payload: { probability: 0.4, method: 'weighted', baseline: null, sequence: null },
      strand: '1',
      castId: 'c1',
      heat: 'H7',
      grade: 'low_c',
      positionM: 0.1,
      at: 5000,
      risk: 0.4,
    });
  });
  it('passes over what it was not asked for', () => {
    assert.equal(evidenceFrom(single('baseline'), 'ensemble'), null);
    assert.equal(evidenceFrom(single('sequence'), 'baseline'), null);
    assert.equal(evidenceFrom(message(), 'baseline'), null);
    assert.equal(evidenceFrom(single('baseline'), 'baseline')?.risk, 0.9);
  });
  it('takes null for no evidence', () =>
    assert.equal(evidenceFrom(message({ payload: { probability: null } }), 'ensemble')?.risk, null));
  it('does without a cast, and without what only explains', () => {
    assert.equal(evidenceFrom(message({ cast: undefined }), 'ensemble')?.castId, '');
    const odd = evidenceFrom(message({ cast: { castId: 'c1', heat: 7, position: 'far' } }), 'ensemble');
    assert.deepEqual([odd?.heat, odd?.positionM], [null, null]);
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
      assert.throws(() => evidenceFrom(message(change), 'ensemble'), {
        code: 'MESSAGE_INVALID',
        message: told,
      }));
  }
});
