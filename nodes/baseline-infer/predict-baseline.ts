import { ModelError } from '../lib/errors.js';
import { ContextFeatures } from '../lib/inference/context-features.js';
import { FloatPool } from '../lib/inference/float-pool.js';
import { mechanismShares } from '../lib/inference/mechanism-shares.js';
import { normalRange } from '../lib/inference/normal-range.js';
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

type Outputs = Readonly<Record<string, TensorData>>;

/** Log-odds per feature in the outputs of a run, in the order of the card. */
type SharesIn = (outputs: Outputs, probability: number) => ArrayLike<number>;

/**
 * Predicts from feature vectors, and explains itself from a probability of `explainFrom` on. Contributions come from the
 * graph's own output where it has one; else each feature in turn is set to its reference value (unknown without one) in a
 * single batched run, and its contribution is what that takes off the log-odds.
 * @throws ModelError MODEL_INVALID when the model is no baseline
 */
export function predictBaseline(model: LoadedModel, settings: PredictorSettings): Predictor<FeatureVector> {
  const { card } = model;
  if (card.kind !== 'baseline') {
    throw new ModelError('MODEL_INVALID', `${card.name} is a ${card.kind} model: choose a baseline model.`);
  }
  return settings.explain === 0 || card.output.contributions !== undefined
    ? predictOnce(model, card, settings)
    : predictByOcclusion(model, card, settings);
}

function predictOnce(
  model: LoadedModel,
  card: BaselineCard,
  settings: PredictorSettings,
): Predictor<FeatureVector> {
  const { names } = card.input;
  const { contributions } = card.output;
  const pool = new FloatPool(names.length);
  const say = speaker(card, settings, (outputs) =>
    contributions === undefined ? [] : (outputs[contributions]!.data as Float32Array),
  );
  return (features, grade) => {
    const row = pool.take();
    pickFeatures(features, names, row);
    return runOn(model, card, row, pool).then((outputs) => say(outputs, features, grade));
  };
}

function predictByOcclusion(
  model: LoadedModel,
  card: BaselineCard,
  settings: PredictorSettings,
): Predictor<FeatureVector> {
  const { names, reference } = card.input;
  const width = names.length;
  // Row 0 is the instant itself, row 1 + i has feature i hidden.
  const pool = new FloatPool((width + 1) * width);
  const say = speaker(card, settings, (outputs, probability) =>
    names.map((_, i) => logit(probability) - logit(probabilityIn(outputs, card.output.probability, i + 1))),
  );
  return (features, grade) => {
    const rows = pool.take();
    pickFeatures(features, names, rows);
    for (let i = 0; i < width; i++) {
      const start = (i + 1) * width;
      rows.copyWithin(start, 0, width);
      rows[start + i] = reference?.[i] ?? NaN;
    }
    return runOn(model, card, rows, pool).then((outputs) => say(outputs, features, grade));
  };
}

/** Turns what a run gave for an instant (row 0) into what the model says of it. */
function speaker(
  card: BaselineCard,
  { explain, explainFrom }: PredictorSettings,
  sharesIn: SharesIn,
): (outputs: Outputs, features: FeatureVector, grade: string | undefined) => Said {
  const { names } = card.input;
  const context = new ContextFeatures();
  return (outputs, features, grade) => {
    const probability = probabilityIn(outputs, card.output.probability, 0);
    if (probability < explainFrom) return { probability };
    const mechanisms = mechanismShares(outputs, card);
    const said = mechanisms === undefined ? { probability } : { probability, mechanisms };
    if (explain === 0) return said;
    const contributions = topContributions(names, sharesIn(outputs, probability), explain, {
      valueOf: (i) => features[names[i]!] ?? null,
      normalOf: (name) => normalRange(card, name, grade),
    });
    return contributions.length === 0 ? said : { ...said, contributions, context: context.pick(features) };
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
