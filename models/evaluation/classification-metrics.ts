/** Metrics of a binary classifier on labels (true = positive) and scores. Null where one is not defined. */

export interface LabelledScores {
  readonly labels: readonly boolean[];
  readonly scores: ArrayLike<number>;
}

/** Scores from high to low, each distinct one once, with what it adds. */
interface Step {
  readonly score: number;
  readonly positives: number;
  readonly negatives: number;
}

function steps({ labels, scores }: LabelledScores): Step[] {
  const order = labels.map((_, i) => i).sort((one, other) => scores[other]! - scores[one]!);
  const found: { score: number; positives: number; negatives: number }[] = [];
  for (const i of order) {
    let step = found.at(-1);
    if (step?.score !== scores[i]!) {
      step = { score: scores[i]!, positives: 0, negatives: 0 };
      found.push(step);
    }
    if (labels[i]!) step.positives++;
    else step.negatives++;
  }
  return found;
}

const count = ({ labels }: LabelledScores): { positives: number; negatives: number } => {
  const positives = labels.filter(Boolean).length;
  return { positives, negatives: labels.length - positives };
};

/**
 * Probability that a positive scores higher than a negative, ties counting half. Null when one class is absent.
 * O(n log n). Source: Hanley and McNeil, Radiology 143(1), 1982.
 */
export function rocAuc(data: LabelledScores): number | null {
  const { positives, negatives } = count(data);
  if (positives === 0 || negatives === 0) return null;
  let above = 0;
  let won = 0;
  for (const step of steps(data)) {
    won += step.negatives * (above + step.positives / 2);
    above += step.positives;
  }
  return won / (positives * negatives);
}

/**
 * Sum over the distinct scores of the gain in recall times the precision there; ties enter together. Null without positives.
 * O(n log n). Source: scikit-learn `average_precision_score`.
 */
export function averagePrecision(data: LabelledScores): number | null {
  const { positives } = count(data);
  if (positives === 0) return null;
  let found = 0;
  let predicted = 0;
  let sum = 0;
  for (const step of steps(data)) {
    found += step.positives;
    predicted += step.positives + step.negatives;
    sum += (step.positives / positives) * (found / predicted);
  }
  return sum;
}

/** Mean squared difference of score and label. Source: Brier, Monthly Weather Review 78(1), 1950. */
export function brierScore(data: LabelledScores): number | null {
  return meanOf(data, (score, label) => (score - label) ** 2);
}

/** Mean negative log-likelihood; scores are kept `margin` away from 0 and 1. */
export function logLoss(data: LabelledScores, margin = Number.EPSILON): number | null {
  return meanOf(data, (score, label) => {
    const inside = Math.min(Math.max(score, margin), 1 - margin);
    return -Math.log(label === 1 ? inside : 1 - inside);
  });
}

export interface CalibrationBin {
  readonly bin: number;
  readonly count: number;
  readonly meanScore: number;
  readonly meanLabel: number;
}

/** Equal-width bins of the score, left-closed, 1 in the last; those that hold something. */
export function calibrationBins({ labels, scores }: LabelledScores, bins = 15): CalibrationBin[] {
  const sums = Array.from({ length: bins }, (_, bin) => ({ bin, count: 0, score: 0, label: 0 }));
  labels.forEach((label, i) => {
    const sum = sums[Math.min(bins - 1, Math.floor(scores[i]! * bins))]!;
    sum.count++;
    sum.score += scores[i]!;
    sum.label += label ? 1 : 0;
  });
  return sums
    .filter((sum) => sum.count > 0)
    .map((sum) => ({
      bin: sum.bin,
      count: sum.count,
      meanScore: sum.score / sum.count,
      meanLabel: sum.label / sum.count,
    }));
}

/** Mean over all rows of the gap between score and observed share in their bin. Source: Naeini et al., AAAI 2015. */
export function expectedCalibrationError(data: LabelledScores, bins = 15): number | null {
  if (data.labels.length === 0) return null;
  return calibrationBins(data, bins).reduce(
    (sum, bin) => sum + (bin.count / data.labels.length) * Math.abs(bin.meanLabel - bin.meanScore),
    0,
  );
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

function meanOf(
  { labels, scores }: LabelledScores,
  loss: (score: number, label: 0 | 1) => number,
): number | null {
  if (labels.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += loss(scores[i]!, labels[i]! ? 1 : 0);
  return sum / labels.length;
}
