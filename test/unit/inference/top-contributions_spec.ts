import assert from 'node:assert/strict';
import fc from 'fast-check';
import { topContributions, type Facts } from '../../../nodes/lib/inference/top-contributions.js';

const namesFor = (shares: readonly number[]): string[] => shares.map((_, i) => `f${i}`);
const UNKNOWN: Facts = { valueOf: () => null, normalOf: () => undefined };
const top = (shares: readonly number[], count: number): string[] =>
  topContributions(namesFor(shares), shares, count, UNKNOWN).map(({ feature }) => feature);

describe('topContributions', () => {
  const rows: readonly [name: string, shares: number[], count: number, expected: string[]][] = [
    ['puts the largest magnitude first, raising or lowering', [0.1, -2, 1], 2, ['f1', 'f2']],
    ['keeps the order of the model among equals', [1, -1, 1], 3, ['f0', 'f1', 'f2']],
    ['gives fewer where there are fewer', [1], 5, ['f0']],
    ['gives none when none are wanted', [1, 2], 0, []],
    ['leaves out a share that is no number', [NaN, 1], 2, ['f1']],
  ];
  for (const [name, shares, count, expected] of rows)
    it(name, () => assert.deepEqual(top(shares, count), expected));

  it('picks what sorting all would pick', () => {
    const shares = fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 40 });
    fc.assert(
      fc.property(shares, fc.nat(12), (values, count) => {
        const sorted = namesFor(values)
          .map((feature, i) => ({ feature, size: Math.abs(values[i]!) }))
          .toSorted((one, other) => other.size - one.size)
          .slice(0, count);
        assert.deepEqual(
          top(values, count),
          sorted.map(({ feature }) => feature),
        );
      }),
    );
  });

  it('tells the value of the feature at that instant', () => {
    const [first] = topContributions(['f0'], [0.5], 1, { ...UNKNOWN, valueOf: () => 104 });
    assert.deepEqual(first, { feature: 'f0', value: 104, contribution: 0.5 });
  });
});
