import assert from 'node:assert/strict';
import { predictBaseline } from '../../../nodes/baseline-infer/predict-baseline.js';
import { attentionParts } from '../../../nodes/lib/inference/attention-parts.js';
import type { Said } from '../../../nodes/lib/inference/predictor.js';
import type { FeatureVector, ModelKind, Sequence } from '../../../nodes/lib/messages.js';
import type { BaselineCard, SequenceCard } from '../../../nodes/lib/model-card.js';
import type { LoadedModel } from '../../../nodes/lib/model-node.js';
import { predictSequence } from '../../../nodes/sequence-infer/predict-sequence.js';
import { backends, withModel } from '../../support/backends.js';
import { ask, settingsWith } from '../../support/instants.js';
import { fixture, golden, pump, type Golden } from '../../support/model-fixtures.js';

/** Every contribution of a graph that gives them, and none that would cost further runs. */
const EVERYTHING = settingsWith({ explain: 1000 });
const ATTENTION = settingsWith({});

/** One row of a packed tensor as messages carry it: null where Python had NaN. */
function row({ dims, data }: Golden['inputs'][string], index: number): readonly (number | null)[] {
  const size = data.length / dims[0]!;
  return data.slice(index * size, (index + 1) * size);
}

function featuresOf({ input }: BaselineCard, { inputs }: Golden, index: number): FeatureVector {
  const values = row(inputs[input.features]!, index);
  return Object.fromEntries(input.names.map((name, i) => [name, values[i]!]));
}

function sequenceOf({ input }: SequenceCard, { inputs }: Golden, index: number): Sequence {
  return {
    sensors: input.names,
    length: input.length,
    values: Float32Array.from(row(inputs[input.sequence]!, index), (value) => value ?? NaN),
    mask: Uint8Array.from(row(inputs[input.mask]!, index), (value) => value ?? 0),
  };
}

function predict(model: LoadedModel, vectors: Golden, index: number): Promise<Said> {
  const { card } = model;
  return card.kind === 'baseline'
    ? ask(predictBaseline(model, EVERYTHING), featuresOf(card, vectors, index))
    : ask(predictSequence(model, { ...ATTENTION, step: card.input.step }), sequenceOf(card, vectors, index));
}

/** What a prediction says in place of the graph's outputs, by output name. */
function outputsOf(
  { kind, output, input, mechanisms }: LoadedModel['card'],
  said: Said,
): Record<string, ArrayLike<number>> {
  const outputs: Record<string, ArrayLike<number>> = { [output.probability]: [said.probability] };
  if (kind === 'sequence' && output.attention !== undefined)
    outputs[output.attention] = said.attention!.weights;
  if (output.mechanisms !== undefined)
    outputs[output.mechanisms] = mechanisms!.map((name) => said.mechanisms![name]!);
  if (kind === 'baseline' && output.contributions !== undefined) {
    const shares = new Map(said.contributions!.map(({ feature, contribution }) => [feature, contribution]));
    outputs[output.contributions] = input.names.map((name) => shares.get(name)!);
  }
  return outputs;
}

/** A row of Python's outputs as a prediction tells it: attention by parts of the window. */
function expectedOf({ card }: LoadedModel, output: string, packed: Golden['outputs'][string], index: number) {
  const numbers = row(packed, index).map((value) => value ?? NaN);
  const isAttention = card.kind === 'sequence' && output === card.output.attention;
  return isAttention ? attentionParts(numbers, card.input.step).weights : numbers;
}

const models: readonly [name: string, kind: ModelKind, card: string, vectors: string][] = [
  [
    'a model with contributions',
    'baseline',
    fixture('with-contributions.yaml'),
    fixture('with-contributions.golden.json'),
  ],
  [
    'a model without contributions',
    'baseline',
    fixture('without-contributions.yaml'),
    fixture('without-contributions.golden.json'),
  ],
  [
    'a model with attention',
    'sequence',
    fixture('with-attention.yaml'),
    fixture('with-attention.golden.json'),
  ],
  ['a model of normal operation', 'baseline', pump('model.yaml'), fixture('../own/golden.json')],
  ['the shipped baseline', 'baseline', 'models/baseline/model.yaml', 'models/baseline/golden.json'],
  ['the shipped sequence model', 'sequence', 'models/sequence/model.yaml', 'models/sequence/golden.json'],
];

describe('Predictions of Python and of the nodes', () => {
  for (const [name, kind, card, file] of models) {
    for (const backend of backends) {
      it(`agree for ${name} on ${backend}`, async () => {
        const vectors = golden(file);
        await withModel(kind, card, backend, async (model) => {
          const rows = Object.values(vectors.inputs)[0]!.dims[0]!;
          for (let index = 0; index < rows; index++) {
            const outputs = outputsOf(model.card, await predict(model, vectors, index));
            for (const [output, expected] of Object.entries(vectors.outputs)) {
              for (const [i, wanted] of expectedOf(model, output, expected, index).entries()) {
                const got = outputs[output]![i]!;
                const where = `${output}[${index}][${i}]: Python ${wanted}, node ${got}`;
                assert.ok(Math.abs(got - wanted) <= vectors.tolerance, where);
              }
            }
          }
        });
      });
    }
  }
});
