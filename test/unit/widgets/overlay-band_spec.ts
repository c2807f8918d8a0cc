import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ascending, bandOf, gridFor, quantile, resampled } from '../../../nodes/widgets/overlay-band.js';

describe('overlay of past casts', () => {
  it('reaches to the end of the longest', () =>
    assert.deepEqual(
      gridFor(
        [
          { at: [0, 12], values: [] },
          { at: [0, 20], values: [] },
        ],
        5,
      ),
      [0, 5, 10, 15, 20],
    ));

  it('goes straight between two points, and is missing outside, beside a missing value and over a gap', () => {
    const curve = { at: [5, 10, 15, 20, 100], values: [1, 3, null, 5, 9] };
    assert.deepEqual(resampled(curve, [0, 5, 7.5, 10, 12, 20, 50, 100, 110], 30), [
      ...[null, 1, 2, 3, null, 5, null, 9, null],
    ]);
  });

  it('has a median from the first cast on, and a band from the third', () => {
    assert.deepEqual(bandOf([[1], [3]], 1), { low: [null], median: [2], high: [null] });
    assert.deepEqual(bandOf([[1], [3], [2]], 1), { low: [1.1], median: [2], high: [2.9] });
  });

  it('leaves missing values out of the band', () =>
    assert.deepEqual(
      bandOf(
        [
          [1, null],
          [3, null],
          [null, null],
        ],
        2,
      ).median,
      [2, null],
    ));

  it('leaves out metres that do not advance', () =>
    assert.deepEqual(ascending([0, 1, 1, null, 0.5, 2], [1, 2, 3, 4, 5, 6]), {
      at: [0, 1, 2],
      values: [1, 2, 6],
    }));

  it('keeps the quantiles in order and within the values', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        // -0 is 0 here, as on any chart.
        const sorted = values.map((value) => value + 0).toSorted((one, other) => one - other);
        const told = [0, 0.05, 0.5, 0.95, 1].map((share) => quantile(sorted, share));
        // A millionth of a millionth of the largest value: interpolation rounds.
        assert.ok(told.every((value, index) => index === 0 || value >= told[index - 1]! - 1e-6));
        assert.equal(told[0], sorted[0]);
        assert.equal(told.at(-1), sorted.at(-1));
      }),
    );
  });
});
