import { ModelError } from '../lib/errors.js';
import { attentionParts } from '../lib/inference/attention-parts.js';
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
import type { Contribution, Sequence } from '../lib/messages.js';
import type { SequenceCard } from '../lib/model-card.js';
import type { LoadedModel, TensorData } from '../lib/model-node.js';
import { ChannelPicker, type SequenceInput } from './pick-channels.js';

type Outputs = Readonly<Record<string, TensorData>>;

/**
 * Predicts from sequences. From a probability of `explainFrom` on it explains itself, with the graph's attention over
 * time and its contributions: each channel in turn is hidden as if it had not been measured, all in a single batched run,
 * and its contribution is what that takes off the log-odds. The rule looks at the probability alone, so a replay
 * explains the same instants.
 * @throws ModelError MODEL_INVALID when the model is no sequence model
 */
export function predictSequence(
  model: LoadedModel,
  { explain, explainFrom, step }: PredictorSettings,
): Predictor<Sequence> {
  const { card } = model;
  if (card.kind !== 'sequence') {
    throw new ModelError('MODEL_INVALID', `${card.name} is a ${card.kind} model: choose a sequence model.`);
  }
  const { names, length } = card.input;
  if (step !== card.input.step) {
    throw new ModelError(
      'MODEL_INVALID',
      `${card.name} was trained with a step of ${card.input.step} s, the configuration has ${step} s. ` +
        'Set features.sequence.step.',
    );
  }
  const channels = names.length;
  const picker = new ChannelPicker(names, length);
  const pool = new InputPool(length * channels);
  const hiddenPool = new InputPool(length * channels * channels);

  const contributionsTo = async (
    input: SequenceInput,
    probability: number,
    grade: string | undefined,
  ): Promise<Contribution[]> => {
    const hidden = hiddenPool.take();
    hideEachChannel(input, hidden, length, channels);
    try {
      const outputs = await run(model, card, hidden, channels);
      const shares = names.map(
        (_, i) => logit(probability) - logit(probabilityIn(outputs, card.output.probability, i)),
      );
      return topContributions(names, shares, explain, {
        valueOf: (i) => lastMeasured(input, length, channels, i),
        normalOf: (name) => normalRange(card, name, grade),
      });
    } finally {
      hiddenPool.give(hidden);
    }
  };
  const predict = async (input: SequenceInput, grade: string | undefined): Promise<Said> => {
    try {
      const outputs = await run(model, card, input, 1);
      const probability = probabilityIn(outputs, card.output.probability, 0);
      if (probability < explainFrom) return { probability };
      const said = { probability, ...reasonsIn(outputs, card) };
      return explain === 0
        ? said
        : { ...said, contributions: await contributionsTo(input, probability, grade) };
    } finally {
      pool.give(input);
    }
  };
  return (sequence, grade) => {
    const input = pool.take();
    picker.pick(sequence, input);
    return predict(input, grade);
  };
}

/** Values and masks come and go in pairs. */
class InputPool {
  private readonly values: FloatPool;
  private readonly masks: FloatPool;

  constructor(size: number) {
    this.values = new FloatPool(size);
    this.masks = new FloatPool(size);
  }

  take(): SequenceInput {
    return { values: this.values.take(), mask: this.masks.take() };
  }

  give({ values, mask }: SequenceInput): void {
    this.values.give(values);
    this.masks.give(mask);
  }
}

function run(
  model: LoadedModel,
  card: SequenceCard,
  { values, mask }: SequenceInput,
  batch: number,
): Promise<Outputs> {
  const { sequence: sequenceName, mask: maskName, length, names } = card.input;
  const dims = [batch, length, names.length];
  return model.run({
    [sequenceName]: { type: 'float32', data: values, dims },
    [maskName]: { type: 'float32', data: mask, dims },
  });
}

/** What the graph itself tells beside the probability. */
function reasonsIn(outputs: Outputs, card: SequenceCard): Pick<Said, 'attention' | 'mechanisms'> {
  const { output, input } = card;
  const weights = output.attention === undefined ? undefined : outputs[output.attention]?.data;
  const mechanisms = mechanismShares(outputs, card);
  return {
    ...(weights === undefined ? {} : { attention: attentionParts(weights as Float32Array, input.step) }),
    ...(mechanisms === undefined ? {} : { mechanisms }),
  };
}

/** Writes one copy of the input per channel, with that channel not measured. */
function hideEachChannel(
  input: SequenceInput,
  hidden: SequenceInput,
  length: number,
  channels: number,
): void {
  const size = length * channels;
  for (let channel = 0; channel < channels; channel++) {
    const start = channel * size;
    hidden.values.set(input.values, start);
    hidden.mask.set(input.mask, start);
    for (let at = start + channel; at < start + size; at += channels) hidden.values[at] = hidden.mask[at] = 0;
  }
}

function lastMeasured(
  { values, mask }: SequenceInput,
  length: number,
  channels: number,
  channel: number,
): number | null {
  for (let at = (length - 1) * channels + channel; at >= 0; at -= channels)
    if (mask[at] === 1) return values[at]!;
  return null;
}
