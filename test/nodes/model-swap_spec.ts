import assert from 'node:assert/strict';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import baselineInfer from '../../nodes/baseline-infer/baseline-infer.js';
import type { Prediction } from '../../nodes/lib/messages.js';
import type { ModelNews, OnnxModelNode } from '../../nodes/lib/model-node.js';
import onnxModel from '../../nodes/onnx-model/onnx-model.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import { ModelFolder } from '../support/model-folder.js';
import { collect, deploy, errorsOf, useNodeRed, useUserDir, type Message } from '../support/node-harness.js';
import { endlessLoop, meanOf } from '../support/onnx-bytes.js';

/** The files are looked at each second, and a proof starts a process: patience is for a busy machine. */
const PATIENCE_MS = 90_000;

/** Through files and proofs, each of which takes a second or two; 50 swaps are at test/unit/onnx-model. */
const SWAPS = 3;

const vector = (seconds: number): Message => ({
  ...{ topic: 's1', timestamp: seconds * 1000, cast: { strand: 's1', castId: 'c1', elapsed: seconds } },
  payload: { a: 0.1, b: 0.2, c: 0.3, d: 0.4 },
  timings: { entry: 0, stages: {} },
});

async function running(folder: ModelFolder, shadow?: ModelFolder) {
  const nodeById = await deploy(
    [strandConfig, onnxModel, baselineInfer],
    [
      {
        ...{ id: 'config', type: 'strand-config', source: 'inline' },
        yaml: 'sensors:\n  - { name: mold_level, unit: mm, range: [0, 200] }\n',
      },
      { id: 'model', type: 'onnx-model', kind: 'baseline', card: folder.cardFile },
      ...(shadow === undefined ? [] : [{ id: 'other', type: 'onnx-model', card: shadow.cardFile }]),
      {
        ...{ id: 'infer', type: 'baseline-infer', strandConfig: 'config', model: 'model' },
        shadow: shadow === undefined ? '' : 'other',
        wires: [['out'], ['answers']],
      },
      { id: 'out', type: 'helper' },
      { id: 'answers', type: 'helper' },
    ],
  );
  const model = nodeById('model') as OnnxModelNode;
  const serving = async (node: OnnxModelNode): Promise<void> => {
    if (node.model === null) await new Promise<void>((resolve) => node.onChange(resolve));
  };
  await serving(model);
  if (shadow !== undefined) await serving(nodeById('other') as OnnxModelNode);
  const news = (): Promise<ModelNews> => new Promise((resolve) => model.onNews(resolve));
  return {
    model,
    news,
    infer: nodeById('infer'),
    out: collect(nodeById('out')),
    answers: collect(nodeById('answers')),
  };
}

describe('A model whose files are replaced while it serves', function () {
  this.timeout(PATIENCE_MS);
  useNodeRed();
  useUserDir();
  let folder: ModelFolder;
  beforeEach(() => (folder = new ModelFolder('1', meanOf(4))));
  afterEach(() => folder.remove());

  it('is swapped: the next prediction is of the new version, and a message tells', async () => {
    const { news, infer, out, answers } = await running(folder);
    infer.receive(vector(0));
    assert.equal(((await out.next()).payload as Prediction).version, '1');
    const told = news();
    folder.put('2', meanOf(4, 1));
    await told;
    infer.receive(vector(5));
    const { version, probability } = (await out.next()).payload as Prediction;
    assert.equal(version, '2');
    assert.ok(Math.abs(probability! - 0.25) < 1e-6);
    const message = await answers.next();
    assert.equal(message.event, 'model:reloaded');
    assert.deepEqual((message.payload as { previous: unknown }).previous, { model: 'swapped', version: '1' });
    assert.deepEqual(errorsOf(), []);
  });

  it(`is swapped ${SWAPS} times under load: every message is answered once, in order, by one version after the other`, async () => {
    const { news, infer, out } = await running(folder);
    let sent = 0;
    let isLoading = true;
    const load = (async () => {
      while (isLoading) {
        for (let i = 0; i < 20; i++) infer.receive(vector(sent++));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    })();
    for (let swap = 1; swap <= SWAPS; swap++) {
      // What is refused in between changes nothing.
      const told = news();
      folder.put('bad', Buffer.from(`garbage ${swap}`));
      assert.equal((await told).event, 'model:refused');
      const swapped = news();
      folder.put(String(1 + swap), meanOf(4, swap));
      assert.equal((await swapped).event, 'model:reloaded');
    }
    isLoading = false;
    await load;
    infer.receive(vector(sent++));
    const answers: Message[] = [];
    while (answers.length < sent) answers.push(await out.next());
    answers.forEach(({ timestamp }, index) => assert.equal(timestamp, 1000 * index));
    const said = answers.map(({ payload }) => payload as Prediction);
    assert.ok(said.every(({ probability }) => Math.abs(probability! - 0.25) < 1e-6));
    const versions = said.map(({ version }) => Number(version));
    versions.forEach((version, index) => assert.ok(index === 0 || version >= versions[index - 1]!));
    assert.deepEqual(
      [...new Set(versions)],
      Array.from({ length: SWAPS + 1 }, (_, index) => 1 + index),
    );
  });

  const refusals: readonly [name: string, replace: (folder: ModelFolder) => void, reason: RegExp][] = [
    ['garbage', (files) => files.put('2', Buffer.from('garbage')), /no graph that can be run/],
    [
      'a graph without its card',
      (files) => files.write('model.onnx', meanOf(4, 1)),
      /the card expects SHA-256/,
    ],
    [
      'a graph that loops for ever',
      (files) => files.put('2', endlessLoop(4)),
      /operator "Loop" is not allowed/,
    ],
    ['a graph with other inputs', (files) => files.put('2', meanOf(5)), /input "features": the card says/],
    ['a card that is no YAML', (files) => files.write('model.yaml', 'a: ['), /model\.yaml:1/],
    [
      'a model that needs what nobody sends',
      (files) => files.put('2', meanOf(4, 1), (card) => card.replace('a, b', 'a, zz')),
      /the message lacks 1: zz/,
    ],
    [
      'golden vectors that it does not give',
      (files) => {
        const inputs = { features: { dims: [1, 4], data: [1, 1, 1, 1] } };
        const outputs = { probability: { dims: [1], data: [0.5] } };
        files.write('golden.json', JSON.stringify({ tolerance: 1e-5, inputs, outputs }));
        files.put('2', meanOf(4, 1));
      },
      /expected 0\.5 as in golden\.json, the graph gave 1/,
    ],
    [
      'a huge file',
      (files) => {
        files.write('model.onnx', '');
        truncateSync(join(files.path, 'model.onnx'), 300 * 1024 * 1024);
      },
      /expected at most 256\.0 MB, got 300\.0 MB/,
    ],
  ];
  for (const [name, replace, reason] of refusals)
    it(`refuses ${name}, says why, and the old model goes on`, async () => {
      const { news, infer, out, answers } = await running(folder);
      infer.receive(vector(0));
      await out.next();
      const told = news();
      replace(folder);
      const refused = await told;
      assert.equal(refused.event, 'model:refused');
      assert.match((refused as { reason: string }).reason, reason);
      assert.equal((await answers.next()).event, 'model:refused');
      infer.receive(vector(5));
      const { version, probability } = (await out.next()).payload as Prediction;
      assert.equal(version, '1');
      assert.ok(Math.abs(probability! - 0.25) < 1e-6);
    });

  it('serves once its files are there', async () => {
    folder.write('model.yaml', '');
    const started = running(folder);
    const { model } = await started;
    assert.match(model.problem!.message, /model\.yaml/);
    const served = new Promise<void>((resolve) => model.onChange(resolve));
    folder.put('3', meanOf(4));
    await served;
    assert.deepEqual([model.model?.card.version, model.problem], ['3', null]);
  });

  it('has a candidate beside it that is compared and never heard', async () => {
    const candidate = new ModelFolder('9', meanOf(4, 2));
    try {
      const { infer, out, answers } = await running(folder, candidate);
      for (let i = 0; i < 10; i++) infer.receive(vector(5 * i));
      for (let i = 0; i < 10; i++) assert.equal(((await out.next()).payload as Prediction).version, '1');
      let report: Record<string, unknown> = {};
      while (report.instants !== 10) {
        infer.receive({ command: 'get-shadow', topic: '', payload: {} });
        const { answer } = (await answers.next()) as unknown as { answer: { result: typeof report } };
        report = answer.result;
      }
      const { model, version, meanAbsDifference, problem } = report;
      assert.deepEqual([model, version, problem], ['swapped', '9', null]);
      assert.equal(meanAbsDifference, 0);
      assert.deepEqual(errorsOf(), []);
    } finally {
      candidate.remove();
    }
  });
});
