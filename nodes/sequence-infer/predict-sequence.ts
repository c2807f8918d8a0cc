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
import type { Contribution, Sequence } from '../lib/messages.js';
import type { SequenceCard } from '../lib/model-card.js';
import type { LoadedModel, TensorData } from '../lib/model-node.js';
import { ChannelPicker, type SequenceInput } from './pick-channels.js';

type Outputs = Readonly<Record<string, TensorData>>;

/**
 * Predicts from sequences, with the graph's attention over time. From a probability of `explainFrom` on, each channel
 * in turn is also hidden as if it had not been measured, all in a single batched run, and its contribution is what that
 * takes off the log-odds. The rule looks at the probability alone, so a replay explains the same instants.
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

  const explained = async (input: SequenceInput, probability: number): Promise<Contribution[]> => {
    const hidden = hiddenPool.take();
    hideEachChannel(input, hidden, length, channels);
    try {
      const outputs = await run(model, card, hidden, channels);
      const shares = names.map(
        (_, i) => logit(probability) - logit(probabilityIn(outputs, card.output.probability, i)),
      );
      return topContributions(names, shares, explain, (i) => lastMeasured(input, length, channels, i));
    } finally {
      hiddenPool.give(hidden);
    }
  };
  const predict = async (input: SequenceInput): Promise<Said> => {
    try {
      const outputs = await run(model, card, input, 1);
      const probability = probabilityIn(outputs, card.output.probability, 0);
      const attention = attentionIn(outputs, card);
      if (explain === 0 || probability < explainFrom) return { probability, ...attention };
      return { probability, ...attention, contributions: await explained(input, probability) };
    } finally {
      pool.give(input);
    }
  };
  return (sequence) => {
    const input = pool.take();
    picker.pick(sequence, input);
    return predict(input);
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

/** A copy, since the prediction outlives the run. */
function attentionIn(outputs: Outputs, { output, input }: SequenceCard): Pick<Said, 'attention'> {
  const data = output.attention === undefined ? undefined : outputs[output.attention]?.data;
  return data === undefined ? {} : { attention: (data as Float32Array).slice(0, input.length) };
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
