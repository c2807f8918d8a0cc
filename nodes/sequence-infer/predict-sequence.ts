import { ModelError } from '../lib/errors.js';
import { attentionParts } from '../lib/inference/attention-parts.js';
import { BatchPredictor, type KindOfModel, type Outputs } from '../lib/inference/batch-predictor.js';
import { mechanismShares } from '../lib/inference/mechanism-shares.js';
import { normalRange } from '../lib/inference/normal-range.js';
import type { Instant, Predictor, PredictorSettings, Said } from '../lib/inference/predictor.js';
import type { Facts } from '../lib/inference/top-contributions.js';
import type { Sequence } from '../lib/messages.js';
import type { SequenceCard } from '../lib/model-card.js';
import type { LoadedModel } from '../lib/model-node.js';
import { ChannelPicker } from './pick-channels.js';
import { SequenceRows } from './sequence-rows.js';

/**
 * Predicts from sequences. From a probability of `explainFrom` on it explains itself, with the graph's attention over
 * time and its contributions: each channel in turn is hidden as if it had not been measured, and its contribution is what
 * that takes off the log-odds.
 * @throws ModelError MODEL_INVALID when the model is no sequence model
 */
export function predictSequence(model: LoadedModel, settings: PredictorSettings): Predictor<Sequence> {
  const { card } = model;
  if (card.kind !== 'sequence') {
    throw new ModelError('MODEL_INVALID', `${card.name} is a ${card.kind} model: choose a sequence model.`);
  }
  if (settings.step !== card.input.step) {
    throw new ModelError(
      'MODEL_INVALID',
      `${card.name} was trained with a step of ${card.input.step} s, the configuration has ${settings.step} s. ` +
        'Set features.sequence.step.',
    );
  }
  return new BatchPredictor(model, settings, new SequenceKind(card));
}

class SequenceKind implements KindOfModel<Sequence> {
  readonly hidesInputs = true;
  private readonly picker: ChannelPicker;

  constructor(private readonly card: SequenceCard) {
    this.picker = new ChannelPicker(card.input.names, card.input.length);
  }

  makeRows(count: number): SequenceRows {
    return new SequenceRows(this.card, this.picker, count);
  }

  reasonsIn(outputs: Outputs, row: number): Omit<Said, 'probability'> {
    const { output, input } = this.card;
    const weights = output.attention === undefined ? undefined : outputs[output.attention]?.data;
    const mechanisms = mechanismShares(outputs, row, this.card);
    const from = row * input.length;
    const parts = (all: Float32Array) => attentionParts(all.subarray(from, from + input.length), input.step);
    return {
      ...(weights === undefined ? {} : { attention: parts(weights as Float32Array) }),
      ...(mechanisms === undefined ? {} : { mechanisms }),
    };
  }

  factsOf({ payload, cast }: Instant<Sequence>): Facts {
    const { card, picker } = this;
    return {
      valueOf: (channel) => picker.lastMeasured(payload, channel),
      normalOf: (name) => normalRange(card, name, cast?.grade),
    };
  }
}
