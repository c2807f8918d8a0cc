import { excusedSeconds, outcomeOf, type CastOutcome } from './alarm-episodes.js';
import { heldScores, type CastScores } from './held-scores.js';
import type { JudgedCast } from './operating-point.js';
import { quantile } from './quantile.js';
import { judgedSeconds, secondsOf, type CastTruth } from './truth.js';

/** Thresholds looked at, from a score that 0.03 % of the seconds reach down to one that 40 % reach. */
const POINTS = 170;
const FEWEST = 0.0003;
const MOST = 0.4;
/** False alarms per 8 strand-hours that Recall@1 allows. */
export const BUDGET = 1;

/** What each threshold makes of each cast, highest threshold first. */
export interface Curve {
  readonly casts: readonly CastTruth[];
  /** Strand-hours that count, by cast. */
  readonly hours: Float64Array;
  readonly thresholds: readonly number[];
  /** By threshold, then by cast. */
  readonly outcomes: readonly (readonly CastOutcome[])[];
}

/** What a threshold makes of every cast. */
export function outcomesAt(
  casts: readonly CastTruth[],
  scores: readonly CastScores[],
  threshold: number,
): CastOutcome[] {
  return casts.map((truth, i) => judge(truth, heldScores(scores[i]!, secondsOf(truth)), [threshold])[0]!);
}

/**
 * The outcomes over the range of thresholds that matters.
 * @param points more of them find a slightly better threshold; 170 is what the training uses
 */
export function curveOf(casts: readonly CastTruth[], scores: readonly CastScores[], points = POINTS): Curve {
  const held = casts.map((truth, i) => heldScores(scores[i]!, secondsOf(truth)));
  const thresholds = thresholdsFor(casts, held, points);
  const byCast = casts.map((truth, i) => judge(truth, held[i]!, thresholds));
  const outcomes = thresholds.map((_, t) => byCast.map((cast) => cast[t]!));
  return { casts, hours: judgedHoursOf(casts), thresholds, outcomes };
}

/** Strand-hours that count, by cast. */
export const judgedHoursOf = (casts: readonly CastTruth[]): Float64Array =>
  Float64Array.from(casts, (truth) => judgedSeconds(truth) / 3600);

/** The casts with what an alarm makes of them. @param hours those of `judgedHoursOf` */
export const judged = (
  casts: readonly CastTruth[],
  outcomes: readonly CastOutcome[],
  hours: Float64Array,
): JudgedCast[] => casts.map((truth, i) => ({ truth, outcome: outcomes[i]!, hours: hours[i]! }));

/** A curve's sums by threshold and cast, from which operating points are chosen quickly. */
export interface CurveSums {
  readonly falseAlarms: readonly Float64Array[];
  readonly detected: readonly Float64Array[];
  /** Strand-hours that count, by cast. */
  readonly hours: Float64Array;
}

export function sumsOf({ hours, outcomes }: Curve): CurveSums {
  const detectedIn = ({ leads }: CastOutcome): number =>
    leads.reduce((sum, lead) => sum + (Number.isNaN(lead) ? 0 : 1), 0);
  return {
    falseAlarms: outcomes.map((row) => Float64Array.from(row, ({ falseAlarms }) => falseAlarms)),
    detected: outcomes.map((row) => Float64Array.from(row, detectedIn)),
    hours,
  };
}

/**
 * Number of the threshold that detects most events with at most `budget` false alarms per 8 h, the higher of two that do
 * equally well; -1 when none keeps within it.
 * @param times how often each cast counts
 */
export function bestWithin(
  { falseAlarms, detected, hours }: CurveSums,
  times: ArrayLike<number>,
  budget = BUDGET,
): number {
  const allowed = (budget * dot(hours, times)) / 8;
  let [best, most] = [-1, -1];
  for (let t = 0; t < falseAlarms.length; t++) {
    if (dot(falseAlarms[t]!, times) > allowed) continue;
    const found = dot(detected[t]!, times);
    if (found > most) [best, most] = [t, found];
  }
  return best;
}

function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i]! * other[i]!;
  return sum;
}

function judge(truth: CastTruth, held: Float64Array, thresholds: readonly number[]): CastOutcome[] {
  const excused = excusedSeconds(truth.events, held.length);
  const alarm = new Uint8Array(held.length);
  return thresholds.map((threshold) => {
    for (let second = 0; second < held.length; second++)
      alarm[second] = held[second]! >= threshold && truth.ignored[second] === 0 ? 1 : 0;
    return outcomeOf(alarm, truth.events, excused);
  });
}

function thresholdsFor(casts: readonly CastTruth[], held: readonly Float64Array[], points: number): number[] {
  const counted = casts.map((truth, i) => held[i]!.filter((_, second) => truth.ignored[second] === 0));
  const sorted = new Float64Array(counted.reduce((sum, { length }) => sum + length, 0));
  counted.reduce((at, scores) => (sorted.set(scores, at), at + scores.length), 0);
  sorted.sort();
  const shares = Array.from({ length: points }, (_, i) => FEWEST * (MOST / FEWEST) ** (i / (points - 1)));
  return [...new Set(shares.map((share) => quantile(sorted, 1 - share)))].sort((one, other) => other - one);
}
