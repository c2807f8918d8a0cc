import { logit, sigmoid } from '../../nodes/lib/log-odds.js';

/** Straight line on the log-odds of a probability. */
export interface CalibrationLine {
  readonly slope: number;
  readonly intercept: number;
}

/** What was said at instants that count, and whether a defect was on its way. */
export interface SaidAndTrue {
  readonly probabilities: Float64Array;
  /** 1 = a defect is on its way. */
  readonly defects: Uint8Array;
  /** Number of the cast of each instant. */
  readonly casts: Int32Array;
}

export const straight: CalibrationLine = { slope: 1, intercept: 0 };

/** The probability that the line makes of another. */
export const onLine = ({ slope, intercept }: CalibrationLine, probability: number): number =>
  sigmoid(slope * logit(probability) + intercept);

/** The line that does at once what `first` and then `second` do. */
export const composed = (first: CalibrationLine, second: CalibrationLine): CalibrationLine => ({
  slope: second.slope * first.slope,
  intercept: second.slope * first.intercept + second.intercept,
});

const ROUNDS = 50;
/** On the curvature, per instant: keeps the line finite where two classes are told apart without a mistake. */
const RIDGE = 1e-6;

/**
 * The line of highest likelihood over the instants whose cast is wanted, by Newton's method.
 * @returns `straight` without instants
 * Source: Platt, Advances in Large Margin Classifiers, 1999.
 */
export function fitLine(
  { probabilities, defects, casts }: SaidAndTrue,
  wanted: (cast: number) => boolean,
): CalibrationLine {
  const rows = Array.from(casts.keys()).filter((row) => wanted(casts[row]!));
  if (rows.length === 0) return straight;
  const scores = rows.map((row) => logit(probabilities[row]!));
  let { slope, intercept } = straight;
  for (let round = 0; round < ROUNDS; round++) {
    let [towardsSlope, towardsIntercept] = [0, 0];
    let [bothSlope, mixed, bothIntercept] = [RIDGE * rows.length, 0, RIDGE * rows.length];
    for (let i = 0; i < rows.length; i++) {
      const score = scores[i]!;
      const probability = sigmoid(slope * score + intercept);
      const excess = probability - defects[rows[i]!]!;
      const weight = probability * (1 - probability);
      towardsSlope += excess * score;
      towardsIntercept += excess;
      bothSlope += weight * score * score;
      mixed += weight * score;
      bothIntercept += weight;
    }
    const determinant = bothSlope * bothIntercept - mixed * mixed;
    const slopeStep = (bothIntercept * towardsSlope - mixed * towardsIntercept) / determinant;
    const interceptStep = (bothSlope * towardsIntercept - mixed * towardsSlope) / determinant;
    slope -= slopeStep;
    intercept -= interceptStep;
    if (Math.max(Math.abs(slopeStep), Math.abs(interceptStep)) < 1e-9) break;
  }
  return { slope, intercept };
}
