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
 * Channels hidden in one run. Larger batches leave the processor's cache (20 sequences cost 2.5 times as much each as 8, see
 * docs/performance.md) and hold up the event loop, which nothing can interrupt during a run.
 */
const HIDDEN_AT_ONCE = 8;

/**
 * Predicts from sequences. From a probability of `explainFrom` on it explains itself, with the graph's attention over
 * time and its contributions: each channel in turn is hidden as if it had not been measured, a few in each batched run,
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
  const hiddenPool = new InputPool(length * channels * Math.min(HIDDEN_AT_ONCE, channels));

  const contributionsTo = async (
    input: SequenceInput,
    probability: number,
    grade: string | undefined,
  ): Promise<Contribution[]> => {
    const hidden = hiddenPool.take();
    const shares: number[] = [];
    try {
      for (let from = 0; from < channels; from += HIDDEN_AT_ONCE) {
        const count = Math.min(HIDDEN_AT_ONCE, channels - from);
        hideEachChannel(input, hidden, { length, channels, from, count });
        const outputs = await run(model, card, slice(hidden, count * length * channels), count);
        for (let i = 0; i < count; i++)
          shares.push(logit(probability) - logit(probabilityIn(outputs, card.output.probability, i)));
      }
    } finally {
      hiddenPool.give(hidden);
    }
    return topContributions(names, shares, explain, {
      valueOf: (i) => lastMeasured(input, length, channels, i),
      normalOf: (name) => normalRange(card, name, grade),
    });
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

interface HiddenChannels {
  readonly length: number;
  readonly channels: number;
  /** First channel to hide, and how many. */
  readonly from: number;
  readonly count: number;
}

/** Writes one copy of the input for each of some channels, with that channel not measured. */
function hideEachChannel(
  input: SequenceInput,
  hidden: SequenceInput,
  { length, channels, from, count }: HiddenChannels,
): void {
  const size = length * channels;
  for (let copy = 0; copy < count; copy++) {
    const start = copy * size;
    hidden.values.set(input.values, start);
    hidden.mask.set(input.mask, start);
    for (let at = start + from + copy; at < start + size; at += channels)
      hidden.values[at] = hidden.mask[at] = 0;
  }
}

/** The first `size` numbers of each, not copied. */
const slice = ({ values, mask }: SequenceInput, size: number): SequenceInput => ({
  values: values.subarray(0, size),
  mask: mask.subarray(0, size),
});

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
