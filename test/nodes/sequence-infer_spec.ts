import assert from 'node:assert/strict';
import type { Prediction } from '../../nodes/lib/messages.js';
import onnxModel from '../../nodes/onnx-model/onnx-model.js';
import sequenceInfer from '../../nodes/sequence-infer/sequence-infer.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import { inferenceFlow } from '../support/model-fixtures.js';
import {
  collect,
  deploy,
  errorsOf,
  useNodeRed,
  useUserDir,
  type FlowNode,
  type Message,
} from '../support/node-harness.js';

const LENGTH = 6;
const SENSORS = ['casting_speed', 'mold_level', 'tc_u1'];

/** Six equal steps, in another order than the model's. */
const sequence = (seconds: number, level = 108, sensors = SENSORS): Message => ({
  topic: 's1',
  timestamp: seconds * 1000,
  cast: { strand: 's1', castId: 'c1', elapsed: seconds },
  payload: {
    sensors,
    length: LENGTH,
    values: Float32Array.from({ length: 3 * LENGTH }, (_, i) => [1.2, level, 140][i % 3]!),
    mask: new Uint8Array(3 * LENGTH).fill(1),
  },
  timings: { entry: 0, stages: {} },
});
const said = (message: Message): Prediction => message.payload as Prediction;

async function run(flow: FlowNode[]) {
  const nodeById = await deploy([strandConfig, onnxModel, sequenceInfer], flow);
  return { infer: nodeById('infer'), out: collect(nodeById('out')), answers: collect(nodeById('answers')) };
}

describe('sequence-infer', () => {
  useNodeRed();
  useUserDir();

  it('predicts with the moments it looked at, and which channels raise a risk', async () => {
    const { infer, out } = await run(inferenceFlow('sequence-infer', 'with-attention.yaml'));
    infer.receive(sequence(5));
    const { probability, kind, model, attention, contributions } = said(await out.next());
    // Level 108: (108 - 100) / 5 * 1.5 - 1.5 = 0.9 log-odds.
    assert.ok(Math.abs(probability! - 0.7109) < 0.0001, `${probability}`);
    assert.deepEqual([kind, model], ['sequence', 'fixture-with-attention']);
    assert.equal(attention!.weights.length, LENGTH);
    assert.equal(contributions![0]!.feature, 'mold_level');
    assert.deepEqual(errorsOf(), []);
  });

  it('explains only from the configured probability on', async () => {
    const { infer, out } = await run(inferenceFlow('sequence-infer', 'with-attention.yaml'));
    infer.receive(sequence(5, 100));
    const { probability, attention, contributions } = said(await out.next());
    assert.ok(probability! < 0.3);
    assert.deepEqual([attention, contributions], [undefined, undefined]);
  });

  const refusals: readonly [name: string, change: (message: Message) => void, reason: RegExp][] = [
    [
      'lacks a channel',
      (message) => Object.assign(message.payload as object, { sensors: ['a', 'b', 'tc_u1'] }),
      /lacks 2: mold_level, casting_speed/,
    ],
    [
      'is no sequence',
      (message) => (message.payload = { mold_level: 3 }),
      /second output of feature-extract/,
    ],
    [
      'is too short',
      (message) =>
        Object.assign(message.payload as object, {
          length: 2,
          values: new Float32Array(6),
          mask: new Uint8Array(6),
        }),
      /needs 6 steps, the message has 2/,
    ],
  ];
  for (const [name, change, expected] of refusals) {
    it(`says at once that the sequence ${name}, reports it once, and carries on`, async () => {
      const { infer, out } = await run(inferenceFlow('sequence-infer', 'with-attention.yaml'));
      for (const seconds of [5, 10, 15]) {
        const message = sequence(seconds);
        change(message);
        infer.receive(message);
      }
      for (let i = 0; i < 3; i++) {
        const { probability, reason } = said(await out.next());
        assert.equal(probability, null);
        assert.match(reason!, expected);
      }
      assert.equal(errorsOf().length, 1);
      infer.receive(sequence(20));
      assert.ok(said(await out.next()).probability! > 0);
    });
  }

  it('refuses sequences of another step than the model was trained with', async () => {
    const yaml = 'features: { sequence: { length: 6, step: 2 } }';
    const { infer, out } = await run(inferenceFlow('sequence-infer', 'with-attention.yaml', yaml));
    infer.receive(sequence(5));
    assert.match(said(await out.next()).reason!, /trained with a step of 1 s, the configuration has 2 s/);
  });
});
