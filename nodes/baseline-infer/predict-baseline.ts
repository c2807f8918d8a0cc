import { ModelError } from '../lib/errors.js';
import { FloatPool } from '../lib/inference/float-pool.js';
import {
  probabilityIn,
  type PredictorSettings,
  type Predictor,
  type Said,
} from '../lib/inference/predictor.js';
import { topContributions } from '../lib/inference/top-contributions.js';
import { logit } from '../lib/log-odds.js';
import type { FeatureVector } from '../lib/messages.js';
import type { BaselineCard } from '../lib/model-card.js';
import type { LoadedModel, TensorData } from '../lib/model-node.js';
import { pickFeatures } from './pick-features.js';

/**
 * Predicts from feature vectors. Contributions come from the graph's own output where it has one; else each feature in
 * turn is set to its reference value (unknown without one) in a single batched run, and its contribution is what that
 * takes off the log-odds.
 * @throws ModelError MODEL_INVALID when the model is no baseline
 */
export function predictBaseline(
  model: LoadedModel,
  { explain }: PredictorSettings,
): Predictor<FeatureVector> {
  const { card } = model;
  if (card.kind !== 'baseline') {
    throw new ModelError('MODEL_INVALID', `${card.name} is a ${card.kind} model: choose a baseline model.`);
  }
  return explain === 0 || card.output.contributions !== undefined
    ? predictOnce(model, card, explain)
    : predictByOcclusion(model, card, explain);
}

type Outputs = Readonly<Record<string, TensorData>>;

function predictOnce(model: LoadedModel, card: BaselineCard, count: number): Predictor<FeatureVector> {
  const { names } = card.input;
  const { contributions } = card.output;
  const pool = new FloatPool(names.length);
  const say = (outputs: Outputs, features: FeatureVector): Said => {
    const probability = probabilityIn(outputs, card.output.probability, 0);
    if (count === 0 || contributions === undefined) return { probability };
    const shares = outputs[contributions]!.data as Float32Array;
    return { probability, contributions: largest(shares, names, count, features) };
  };
  return (features) => {
    const row = pool.take();
    pickFeatures(features, names, row);
    return runOn(model, card, row, pool).then((outputs) => say(outputs, features));
  };
}

function predictByOcclusion(model: LoadedModel, card: BaselineCard, count: number): Predictor<FeatureVector> {
  const { names, reference } = card.input;
  const width = names.length;
  // Row 0 is the instant itself, row 1 + i has feature i hidden.
  const pool = new FloatPool((width + 1) * width);
  const say = (outputs: Outputs, features: FeatureVector): Said => {
    const output = card.output.probability;
    const probability = probabilityIn(outputs, output, 0);
    const shares = names.map((_, i) => logit(probability) - logit(probabilityIn(outputs, output, i + 1)));
    return { probability, contributions: largest(shares, names, count, features) };
  };
  return (features) => {
    const rows = pool.take();
    pickFeatures(features, names, rows);
    for (let i = 0; i < width; i++) {
      const start = (i + 1) * width;
      rows.copyWithin(start, 0, width);
      rows[start + i] = reference?.[i] ?? NaN;
    }
    return runOn(model, card, rows, pool).then((outputs) => say(outputs, features));
  };
}

/** Runs the rows of an array from the pool, which gets it back once the engine no longer reads it. */
async function runOn(
  model: LoadedModel,
  card: BaselineCard,
  rows: Float32Array,
  pool: FloatPool,
): Promise<Outputs> {
  const width = card.input.names.length;
  try {
    return await model.run({
      [card.input.features]: { type: 'float32', data: rows, dims: [rows.length / width, width] },
    });
  } finally {
    pool.give(rows);
  }
}

function largest(
  shares: ArrayLike<number>,
  names: readonly string[],
  count: number,
  features: FeatureVector,
): Said['contributions'] & object {
  return topContributions(names, shares, count, (i) => features[names[i]!] ?? null);
}
