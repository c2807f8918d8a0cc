import assert from 'node:assert/strict';
import { pickFeatures } from '../../../nodes/baseline-infer/pick-features.js';

const pick = (features: Record<string, number | null>, names: readonly string[]): number[] => {
  const row = new Float32Array(names.length);
  pickFeatures(features, names, row);
  return [...row];
};

describe('pickFeatures', () => {
  it('takes features by name, in the order of the model, and leaves the others', () => {
    assert.deepEqual(pick({ a: 1, b: 2, c: 3 }, ['c', 'a']), [3, 1]);
  });

  it('turns a feature that could not be computed into NaN, and keeps 0', () => {
    assert.deepEqual(pick({ a: null, b: 0 }, ['a', 'b']), [NaN, 0]);
  });

  it('takes what is no number for missing', () => {
    const odd = { a: Infinity, b: '3' as unknown as number };
    assert.deepEqual(pick(odd, ['a', 'b']), [NaN, NaN]);
  });

  it('refuses a vector that lacks features, naming them', () => {
    assert.throws(() => pick({ a: 1 }, ['a', 'b', 'c']), {
      code: 'FEATURE_MISSING',
      message: /needs 3 features, the message lacks 2: b, c\./,
    });
  });

  it('names the first five of many', () => {
    const names = Array.from({ length: 9 }, (_, i) => `f${i}`);
    assert.throws(() => pick({}, names), { message: /lacks 9: f0, f1, f2, f3, f4 and 4 more\./ });
  });
});
