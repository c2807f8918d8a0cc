import { ModelError } from '../lib/errors.js';
import {
  BatchPredictor,
  type KindOfModel,
  type Outputs,
  type Rows,
} from '../lib/inference/batch-predictor.js';
import { ContextFeatures } from '../lib/inference/context-features.js';
import { mechanismShares } from '../lib/inference/mechanism-shares.js';
import { normalRange } from '../lib/inference/normal-range.js';
import type { Instant, Predictor, PredictorSettings, Said } from '../lib/inference/predictor.js';
import { topContributions, type Facts } from '../lib/inference/top-contributions.js';
import type { FeatureVector } from '../lib/messages.js';
import type { BaselineCard } from '../lib/model-card.js';
import type { LoadedModel } from '../lib/model-node.js';
import { pickFeatures } from './pick-features.js';

/**
 * Predicts from feature vectors, and explains itself from a probability of `explainFrom` on. Contributions come from the
 * graph's own output where it has one; else each feature in turn is set to its reference value (unknown without one), and
 * its contribution is what that takes off the log-odds.
 * @throws ModelError MODEL_INVALID when the model is no baseline
 */
export function predictBaseline(model: LoadedModel, settings: PredictorSettings): Predictor<FeatureVector> {
  const { card } = model;
  if (card.kind !== 'baseline') {
    throw new ModelError('MODEL_INVALID', `${card.name} is a ${card.kind} model: choose a baseline model.`);
  }
  return new BatchPredictor(model, settings, new BaselineKind(card, settings.explain));
}

class BaselineKind implements KindOfModel<FeatureVector> {
  private readonly context = new ContextFeatures();

  constructor(
    private readonly card: BaselineCard,
    private readonly explain: number,
  ) {}

  get hidesInputs(): boolean {
    return this.card.output.contributions === undefined;
  }

  makeRows(count: number): FeatureRows {
    return new FeatureRows(this.card, count);
  }

  reasonsIn(outputs: Outputs, row: number, instant: Instant<FeatureVector>): Omit<Said, 'probability'> {
    const { card, explain } = this;
    const mechanisms = mechanismShares(outputs, row, card);
    const said = mechanisms === undefined ? {} : { mechanisms };
    if (explain === 0) return said;
    const context = this.context.pick(instant.payload);
    const name = card.output.contributions;
    if (name === undefined) return { ...said, context };
    const width = card.input.names.length;
    const shares = (outputs[name]!.data as Float32Array).subarray(row * width, (row + 1) * width);
    const contributions = topContributions(card.input.names, shares, explain, this.factsOf(instant));
    return contributions.length === 0 ? said : { ...said, contributions, context };
  }

  factsOf({ payload, cast }: Instant<FeatureVector>): Facts {
    const { card } = this;
    return {
      valueOf: (i) => payload[card.input.names[i]!] ?? null,
      normalOf: (name) => normalRange(card, name, cast?.grade),
    };
  }
}

class FeatureRows implements Rows<FeatureVector> {
  private readonly width: number;
  private readonly values: Float32Array;
  /** Feeds of the first rows, by their count. They only point to the values, so each is made once. */
  private readonly fromFirst: Outputs[] = [];

  constructor(
    private readonly card: BaselineCard,
    count: number,
  ) {
    this.width = card.input.names.length;
    this.values = new Float32Array(count * this.width);
  }

  put(row: number, features: FeatureVector): void {
    pickFeatures(features, this.card.input.names, this.values, row * this.width);
  }

  hideEach(from: number, count: number): void {
    const { reference } = this.card.input;
    for (let row = 1; row < count; row++) this.values.copyWithin(row * this.width, 0, this.width);
    for (let row = 0; row < count; row++)
      this.values[row * this.width + from + row] = reference?.[from + row] ?? NaN;
  }

  feeds(from: number, count: number): Outputs {
    return from === 0 ? (this.fromFirst[count] ??= this.part(0, count)) : this.part(from, count);
  }

  private part(from: number, count: number): Outputs {
    const data = this.values.subarray(from * this.width, (from + count) * this.width);
    return { [this.card.input.features]: { type: 'float32', data, dims: [count, this.width] } };
  }
}
