import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  confusionAt,
  rocAuc,
  type LabelledScores,
} from '../../../../models/evaluation/classification-metrics.js';

const row = fc.tuple(
  fc.boolean(),
  fc.integer({ min: 0, max: 20 }).map((score) => score / 20),
);
const data = fc.array(row, { minLength: 1, maxLength: 60 }).map((rows): LabelledScores => ({
  labels: rows.map(([label]) => label),
  scores: rows.map(([, score]) => score),
}));

describe('classification metrics', () => {
  it('rocAuc counts the pairs in which the positive wins, ties half', () => {
    fc.assert(
      fc.property(data, (sample) => {
        const { labels, scores } = sample;
        let [won, pairs] = [0, 0];
        labels.forEach((isPositive, i) =>
          labels.forEach((other, j) => {
            if (!isPositive || other) return;
            pairs++;
            won += scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0;
          }),
        );
        // Halves are exact; one division on either side.
        assert.equal(rocAuc(sample), pairs === 0 ? null : won / pairs);
      }),
    );
  });

  it('confusionAt counts every row once', () => {
    fc.assert(
      fc.property(data, fc.integer({ min: 0, max: 20 }), (sample, threshold) => {
        const { tp, fp, fn, tn } = confusionAt(sample, threshold / 20);
        assert.equal(tp + fp + fn + tn, sample.labels.length);
      }),
    );
  });
});
