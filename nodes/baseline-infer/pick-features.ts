import { missingInputs } from '../lib/inference/predictor.js';
import { numberOrNaN, type FeatureVector } from '../lib/messages.js';

const ADVICE = 'Set windows and statistics in the features section as the model card (featureSpec) says.';

/**
 * Puts the features a model wants into `row` from place `at` on, by name and in the model's order; a value of `null` becomes NaN.
 * @throws ModelError FEATURE_MISSING naming the features that the vector hasn't got at all
 */
export function pickFeatures(
  features: FeatureVector,
  names: readonly string[],
  row: Float32Array,
  at = 0,
): void {
  for (let i = 0; i < names.length; i++) {
    const value = features[names[i]!];
    if (value === undefined) throw missing(features, names);
    row[at + i] = value === null ? NaN : numberOrNaN(value);
  }
}

function missing(features: FeatureVector, names: readonly string[]): Error {
  const absent = names.filter((name) => features[name] === undefined);
  return missingInputs('features', absent, names.length, ADVICE);
}
