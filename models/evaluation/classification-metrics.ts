import { CalibrationSums, type CalibrationBin } from './calibration.js';
import { rankingMetrics, type RankingMetrics } from './ranking-metrics.js';

/** Rows of a binary classifier, true = positive. The metrics of them are null where one is not defined. */
export interface LabelledScores {
  readonly labels: readonly boolean[];
  readonly scores: ArrayLike<number>;
}

function ranking({ labels, scores }: LabelledScores): RankingMetrics {
  const order = labels.map((_, i) => i).sort((one, other) => scores[other]! - scores[one]!);
  return rankingMetrics({
    scores: order.map((i) => scores[i]!),
    positives: order.map((i) => (labels[i]! ? 1 : 0)),
    negatives: order.map((i) => (labels[i]! ? 0 : 1)),
  });
}

/** Area under the ROC curve, `RankingMetrics.auc`. O(n log n). */
export const rocAuc = (data: LabelledScores): number | null => ranking(data).auc;

/** `RankingMetrics.averagePrecision`. O(n log n). */
export const averagePrecision = (data: LabelledScores): number | null => ranking(data).averagePrecision;

function calibration({ labels, scores }: LabelledScores, bins: number): CalibrationSums {
  const sums = new CalibrationSums(bins);
  labels.forEach((label, i) => sums.add(scores[i]!, label ? 1 : 0, label ? 0 : 1));
  return sums;
}

/** Mean squared difference of score and label, `CalibrationSums.brier`. */
export const brierScore = (data: LabelledScores): number | null => calibration(data, 1).brier();

/** Equal-width bins of the score that hold something, `CalibrationSums.bins`. */
export const calibrationBins = (data: LabelledScores, bins = 15): CalibrationBin[] =>
  calibration(data, bins).bins();

/** `CalibrationSums.error`. */
export const expectedCalibrationError = (data: LabelledScores, bins = 15): number | null =>
  calibration(data, bins).error();

/** Mean negative log-likelihood; scores are kept `margin` away from 0 and 1. */
export function logLoss({ labels, scores }: LabelledScores, margin = Number.EPSILON): number | null {
  if (labels.length === 0) return null;
  let sum = 0;
  labels.forEach((label, i) => {
    const inside = Math.min(Math.max(scores[i]!, margin), 1 - margin);
    sum -= Math.log(label ? inside : 1 - inside);
  });
  return sum / labels.length;
}

export interface Confusion {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Counts where a score of at least `threshold` predicts a positive; a ratio to nothing is 0. */
export function confusionAt({ labels, scores }: LabelledScores, threshold: number): Confusion {
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  labels.forEach((label, i) => {
    if (scores[i]! >= threshold) {
      if (label) tp++;
      else fp++;
    } else if (label) fn++;
    else tn++;
  });
  const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  return {
    ...{ tp, fp, fn, tn },
    precision: ratio(tp, tp + fp),
    recall: ratio(tp, tp + fn),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
  };
}
