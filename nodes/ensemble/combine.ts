import { logit, sigmoid } from '../lib/log-odds.js';
import type { EnsembleMethod, EnsemblePrediction, ModelKind, Prediction } from '../lib/messages.js';
import type { RuleAssessment } from '../lib/rules/rule-assessment.js';

export interface CombineSettings {
  readonly method: EnsembleMethod;
  readonly weights: Readonly<Record<ModelKind, number>>;
  /** Probability from which a model votes for a defect. */
  readonly voteThreshold: number;
  /** Line on the mean log-odds of both models, which makes the probability hold what it says. */
  readonly calibration: { readonly slope: number; readonly intercept: number };
  /** Models switched on; one that is off is not missed. */
  readonly enabled: Readonly<Record<ModelKind, boolean>>;
}

interface Voice {
  readonly probability: number;
  readonly weight: number;
}

/** What feature-extract said beside the models' inputs. */
export interface Beside {
  readonly rules: RuleAssessment | null;
  /** 0..1 */
  readonly confidence: number;
}

/**
 * Both models' predictions as one. A model that is silent leaves the word to the other: `degraded` tells. When no
 * model speaks, the rules do: `fallback` tells.
 *
 * - `weighted`: mean of the log-odds by weight, the reference's best (docs/caster.md, section 9), on the calibration's
 *   line: models that each are calibrated are not so in the mean.
 * - `voting`: share of the weight that votes for a defect.
 * - `max`: the more worried of the two.
 *
 * @returns `probability` in 0..1, or null when no enabled model with a weight spoke, nor the rules
 */
export function combine(
  baseline: Prediction | null,
  sequence: Prediction | null,
  settings: CombineSettings,
  { rules, confidence }: Beside,
): EnsemblePrediction {
  const { method, weights, enabled } = settings;
  const voices = [voiceOf(baseline, 'baseline', settings), voiceOf(sequence, 'sequence', settings)].filter(
    (voice) => voice !== null,
  );
  const missed = (kind: ModelKind, prediction: Prediction | null): boolean =>
    enabled[kind] && weights[kind] > 0 && (prediction?.probability ?? null) === null;
  const score = rules?.score ?? null;
  const fallback = voices.length === 0 && score !== null;
  return {
    probability: voices.length === 0 ? score : joined(voices, settings),
    baseline,
    sequence,
    method,
    weights,
    agreement: agreementOf(baseline?.probability ?? null, sequence?.probability ?? null),
    degraded: fallback || missed('baseline', baseline) || missed('sequence', sequence),
    rules,
    fallback,
    confidence,
  };
}

function voiceOf(
  prediction: Prediction | null,
  kind: ModelKind,
  { weights, enabled }: CombineSettings,
): Voice | null {
  const probability = prediction?.probability ?? null;
  return probability !== null && enabled[kind] && weights[kind] > 0
    ? { probability, weight: weights[kind] }
    : null;
}

function joined(voices: readonly Voice[], { method, voteThreshold, calibration }: CombineSettings): number {
  if (method === 'max') return Math.max(...voices.map(({ probability }) => probability));
  if (method === 'voting')
    return weightedMean(voices, ({ probability }) => (probability >= voteThreshold ? 1 : 0));
  // A single voice is calibrated by itself, and keeps its value to the bit: no journey through the logarithm.
  if (voices.length === 1) return voices[0]!.probability;
  const mean = weightedMean(voices, ({ probability }) => logit(probability));
  return sigmoid(calibration.slope * mean + calibration.intercept);
}

function weightedMean(voices: readonly Voice[], valueOf: (voice: Voice) => number): number {
  let sum = 0;
  let weights = 0;
  for (const voice of voices) {
    sum += voice.weight * valueOf(voice);
    weights += voice.weight;
  }
  return sum / weights;
}

function agreementOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : 1 - Math.abs(one - other);
}
