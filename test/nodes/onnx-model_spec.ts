import assert from 'node:assert/strict';
import baselineInfer from '../../nodes/baseline-infer/baseline-infer.js';
import type { OnnxModelNode } from '../../nodes/lib/model-node.js';
import onnxModel from '../../nodes/onnx-model/onnx-model.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import { fixture, inferenceFlow } from '../support/model-fixtures.js';
import { completionsOf, deploy, errorsOf, undeploy, useNodeRed } from '../support/node-harness.js';

/** The model node once it serves or knows why it can't. */
async function modelNode(fields: Readonly<Record<string, unknown>>): Promise<OnnxModelNode> {
  const nodeById = await deploy([onnxModel], [{ id: 'model', type: 'onnx-model', ...fields }]);
  const node = nodeById('model') as OnnxModelNode;
  if (node.model === null && node.problem === null)
    await new Promise<void>((resolve) => node.onChange(resolve));
  return node;
}

describe('onnx-model', () => {
  useNodeRed();
  const environment = process.env.STRANDWATCH_BACKEND;
  afterEach(() => {
    if (environment === undefined) delete process.env.STRANDWATCH_BACKEND;
    else process.env.STRANDWATCH_BACKEND = environment;
  });

  it('shares one model', async () => {
    const { model, problem } = await modelNode({ card: fixture('with-contributions.yaml') });
    assert.equal(model?.card.name, 'fixture-with-contributions');
    assert.equal(problem, null);
    assert.deepEqual(errorsOf(), []);
  });

  for (const backend of ['native', 'wasm'] as const) {
    it(`runs on the ${backend} backend when the form says so`, async () => {
      delete process.env.STRANDWATCH_BACKEND;
      const { model } = await modelNode({ card: fixture('with-contributions.yaml'), backend });
      assert.equal(model?.backend, backend);
    });
  }

  it('lets the environment choose the backend of all models', async () => {
    process.env.STRANDWATCH_BACKEND = 'wasm';
    const { model } = await modelNode({ card: fixture('with-contributions.yaml'), backend: 'native' });
    assert.equal(model?.backend, 'wasm');
  });

  const refusals: readonly [name: string, fields: Record<string, unknown>, reason: RegExp][] = [
    [
      'a card that is not there',
      { card: 'nowhere.yaml' },
      /nowhere\.yaml: no such file\. Choose the model card/,
    ],
    [
      'a backend it does not know',
      { backend: 'gpu' },
      /Backend: expected one of auto, native, wasm, got "gpu"/,
    ],
    [
      'a sequence model as baseline',
      { card: fixture('with-attention.yaml') },
      /expected a baseline model, got a sequence/,
    ],
  ];
  for (const [name, fields, expected] of refusals) {
    it(`refuses ${name}, saying so once`, async () => {
      const { model, problem } = await modelNode(fields);
      assert.equal(model, null);
      assert.match(problem!.message, expected);
      assert.deepEqual(errorsOf(), [problem!.message]);
    });
  }

  it('closes while it loads, and ends what waited for it', async () => {
    const types = [strandConfig, onnxModel, baselineInfer];
    const nodeById = await deploy(types, inferenceFlow('baseline-infer', 'with-contributions.yaml'));
    const ended = completionsOf(nodeById('infer'));
    nodeById('infer').receive({ topic: 's1', timestamp: 0, payload: {}, _msgid: 'waiting' });
    await undeploy();
    assert.deepEqual(ended, ['waiting']);
    assert.deepEqual(errorsOf(), []);
  });

  it('serves again after many redeploys', async () => {
    for (let i = 0; i < 5; i++) {
      const { model } = await modelNode({ card: fixture('with-attention.yaml'), kind: 'sequence' });
      assert.equal(model?.card.kind, 'sequence');
      await undeploy();
    }
  });
});
