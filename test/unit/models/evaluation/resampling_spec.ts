import assert from 'node:assert/strict';
import { intervalsOf } from '../../../../models/evaluation/interval-tree.js';
import { quantile } from '../../../../models/evaluation/quantile.js';
import { drawn, percentileInterval, resamples } from '../../../../models/evaluation/resampling.js';

describe('resampled casts', () => {
  it('are as many as there are, and the same for the same seed', () => {
    const some = resamples(30, 50, 'a');
    assert.ok(some.every((times) => times.reduce((sum, count) => sum + count, 0) === 30));
    assert.deepEqual(resamples(30, 50, 'a'), some);
    assert.notDeepEqual(resamples(30, 50, 'b'), some);
  });

  it('hold each cast as often as it was drawn', () => {
    assert.deepEqual(drawn(['a', 'b', 'c'], [2, 0, 1]), ['a', 'a', 'c']);
  });

  it('tell the deviation of a mean: a 95 % interval is 3.92 of its standard errors wide', () => {
    const values = Array.from({ length: 200 }, (_, i) => i / 200);
    const means = resamples(200, 4000, 'mean').map(
      (times) => drawn(values, times).reduce((sum, value) => sum + value, 0) / 200,
    );
    const [low, high] = percentileInterval(means)!;
    const width = 3.92 * Math.sqrt(1 / 12 / 200);
    // 4000 replicates know a quantile to some 3 % of the width.
    assert.ok(Math.abs(high - low - width) < 0.08 * width);
  });

  it('give no interval where a replicate has no figure', () => {
    assert.equal(percentileInterval([0.1, null, 0.2]), null);
    assert.equal(percentileInterval([]), null);
  });

  it('give an interval for every figure, however deep', () => {
    const figures = [0, 1, 2].map((value) => ({ a: value, inside: { b: 40 * value, c: null } }));
    const { a, inside } = intervalsOf(figures);
    assert.deepEqual([a, inside.b, inside.c], [[0.05, 1.95], [2, 78], null]);
  });
});

describe('quantile', () => {
  // numpy 1.24: np.quantile([1, 2, 4, 8], q)
  for (const [share, expected] of [
    [0, 1],
    [0.1, 1.3],
    [0.5, 3],
    [0.9, 6.8],
    [1, 8],
  ] as const)
    it(`at ${share} is numpy's`, () =>
      assert.ok(Math.abs(quantile([1, 2, 4, 8], share) - expected) < 1e-15 * 8));
  it('of nothing is no number', () => assert.ok(Number.isNaN(quantile([], 0.5))));
});
