import assert from 'node:assert/strict';
import { holeLength, withHoles } from '../../../nodes/widgets/chart-gaps.js';

describe('a hole in a chart', () => {
  it('is a step more than three times as long as the median one', () => {
    assert.equal(holeLength([0, 5, 10, 15, 900]), 15);
    assert.equal(holeLength([0, 900]), Infinity, 'two samples tell of no usual step');
    assert.equal(holeLength([]), Infinity);
  });

  it('breaks every curve, so that none crosses what nobody knew', () =>
    assert.deepEqual(
      withHoles(
        [0, 5, 10, 100, 105],
        [
          [1, 2, 3, 4, 5],
          [6, null, 7, 8, 9],
        ],
      ),
      [
        [0, 5, 10, 55, 100, 105],
        [
          [1, 2, 3, null, 4, 5],
          [6, null, 7, null, 8, 9],
        ],
      ],
    ));

  it('is not where a sample or two are missing, and a whole series stays as it is', () => {
    const times = [0, 5, 10, 25, 30];
    const curves = [[1, 2, 3, 4, 5]];
    assert.deepEqual(withHoles(times, curves), [times, curves]);
    assert.deepEqual(withHoles([], [[]]), [[], [[]]]);
  });
});
