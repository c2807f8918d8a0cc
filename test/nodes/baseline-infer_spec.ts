import assert from 'node:assert/strict';
import baselineInfer from '../../nodes/baseline-infer/baseline-infer.js';
import type { Prediction } from '../../nodes/lib/messages.js';
import onnxModel from '../../nodes/onnx-model/onnx-model.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import { inferenceFlow } from '../support/model-fixtures.js';
import { collect, deploy, errorsOf, useNodeRed, type FlowNode, type Message } from '../support/node-harness.js';

const TYPES = [strandConfig, onnxModel, baselineInfer];
const FEATURES = {
  'mold_level.mean.10s': 104,
  'mold_level.std.60s': 3.5,
  'casting_speed.slope.60s': -0.001,
  'tc_u1.mean.10s': 171,
};

const features = (seconds: number, payload: object = FEATURES, strand = 's1'): Message => ({
  topic: strand,
  timestamp: seconds * 1000,
  cast: { strand, castId: 'c1', elapsed: seconds },
  payload,
  timings: { entry: 0, stages: {} },
});
const said = (message: Message): Prediction => message.payload as Prediction;

async function run(flow: FlowNode[]) {
  const nodeById = await deploy(TYPES, flow);
  return { infer: nodeById('infer'), nodeById, out: collect(nodeById('out')), answers: collect(nodeById('answers')) };
}

describe('baseline-infer', () => {
  useNodeRed();

  it('predicts with what each feature contributed, largest first', async () => {
    const { infer, out } = await run(inferenceFlow('baseline-infer', 'with-contributions.yaml'));
    infer.receive(features(5));
    const message = await out.next();
    const { probability, kind, model, version, contributions } = said(message);
    assert.ok(Math.abs(probability! - 0.914) < 0.001, `${probability}`);
    assert.deepEqual([kind, model, version], ['baseline', 'fixture-with-contributions', '1.0.0']);
    assert.deepEqual(
      contributions!.map(({ feature, value }) => [feature, value]),
      [
        ['mold_level.std.60s', 3.5],
        ['tc_u1.mean.10s', 171],
        ['casting_speed.slope.60s', -0.001],
        ['mold_level.mean.10s', 104],
      ],
    );
    assert.equal(message.topic, 's1');
    assert.ok('baseline-infer' in (message.timings as { stages: object }).stages);
    assert.deepEqual(errorsOf(), []);
  });
});
