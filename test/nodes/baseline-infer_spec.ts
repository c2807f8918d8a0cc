import assert from 'node:assert/strict';
import baselineInfer from '../../nodes/baseline-infer/baseline-infer.js';
import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
import type { Prediction } from '../../nodes/lib/messages.js';
import onnxModel from '../../nodes/onnx-model/onnx-model.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import { inferenceFlow } from '../support/model-fixtures.js';
import {
  collect,
  completionsOf,
  deploy,
  errorsOf,
  undeploy,
  useNodeRed,
  useUserDir,
  type FlowNode,
  type Message,
} from '../support/node-harness.js';

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

/** Node-RED hands messages over in a later turn of the event loop. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function run(flow: FlowNode[]) {
  const nodeById = await deploy(TYPES, flow);
  return {
    infer: nodeById('infer'),
    nodeById,
    out: collect(nodeById('out')),
    answers: collect(nodeById('answers')),
  };
}

describe('baseline-infer', () => {
  useNodeRed();
  useUserDir();

  it('serves a model of normal operation that own.sh made: unusual is beyond 0.5, and the sensor is named', async () => {
    const { infer, out } = await run(inferenceFlow('baseline-infer', '../../../flows/pump/model.yaml'));
    const usual = {
      'pressure.mean.10s': 4,
      'pressure.std.10s': 0.02,
      'flow.mean.10s': 50,
      'flow.std.10s': 0.3,
    };
    infer.receive(features(5, usual));
    infer.receive(features(10, { ...usual, 'flow.mean.10s': 47 }));
    infer.receive(features(15, { ...usual, 'flow.mean.10s': null }));
    const [normal, low, missing] = [await out.next(), await out.next(), await out.next()].map(said);
    assert.ok(normal!.probability! < 0.1, `${normal!.probability}`);
    assert.ok(low!.probability! > 0.99, `${low!.probability}`);
    assert.equal(low!.contributions![0]!.feature, 'flow.mean.10s');
    assert.ok(missing!.probability! < 0.1, 'what is missing is no fault of the plant');
  });

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

  it('takes the number of contributions from its own field before the configuration', async () => {
    const yaml = 'models: { baseline: { explain: 3 } }';
    const { infer, out } = await run(inferenceFlow('baseline-infer', 'with-contributions.yaml', yaml));
    infer.receive(features(5));
    assert.equal(said(await out.next()).contributions!.length, 3);
    await undeploy();
    const own = await run(inferenceFlow('baseline-infer', 'with-contributions.yaml', yaml, { explain: '1' }));
    own.infer.receive(features(5));
    assert.equal(said(await own.out.next()).contributions!.length, 1);
  });

  it('lets messages wait while the model loads, and answers in the order they came', async () => {
    const { infer, out } = await run(inferenceFlow('baseline-infer', 'with-contributions.yaml'));
    for (let seconds = 5; seconds <= 100; seconds += 5) infer.receive(features(seconds));
    const times: unknown[] = [];
    while (times.length < 20) times.push((await out.next()).timestamp);
    assert.deepEqual(
      times,
      Array.from({ length: 20 }, (_, i) => 5000 * (i + 1)),
    );
  });

  it('says of each instant that is too many while the model loads that nobody could answer it', async () => {
    const { infer, out } = await run(inferenceFlow('baseline-infer', 'with-contributions.yaml'));
    const [most, beyond] = [2048, 3];
    for (let seconds = 1; seconds <= most + beyond; seconds++) infer.receive(features(seconds));
    for (let seconds = 1; seconds <= most + beyond; seconds++) {
      const message = await out.next();
      const { probability, reason } = said(message);
      assert.equal(message.timestamp, 1000 * seconds);
      if (seconds > beyond) assert.ok(probability! > 0);
      else assert.match(reason!, /more than 2048 instants wait/);
    }
    assert.equal(errorsOf().length, 1);
  });

  it('says at once that features are missing, and reports it once', async () => {
    const { infer, out } = await run(inferenceFlow('baseline-infer', 'with-contributions.yaml'));
    for (const seconds of [5, 10, 15]) infer.receive(features(seconds, { 'mold_level.mean.10s': 104 }));
    for (let i = 0; i < 3; i++) {
      const { probability, reason } = said(await out.next());
      assert.equal(probability, null);
      assert.match(reason!, /needs 4 features, the message lacks 3: mold_level\.std\.60s, /);
    }
    assert.equal(errorsOf().length, 1);
    infer.receive(features(20));
    assert.ok(said(await out.next()).probability! > 0, 'the next good vector is predicted');
  });

  it('fails while its failure is simulated, says so once, and speaks again afterwards', async () => {
    const { infer, out, nodeById } = await run(inferenceFlow('baseline-infer', 'with-contributions.yaml'));
    const config = nodeById('config') as unknown as StrandConfigNode;
    infer.receive(features(5));
    assert.ok(said(await out.next()).probability! > 0);
    config.setLive('models.baseline.simulate_failure', true, 'Eva');
    for (const seconds of [10, 15]) infer.receive(features(seconds));
    for (let i = 0; i < 2; i++) {
      const { probability, reason } = said(await out.next());
      assert.equal(probability, null);
      assert.match(reason!, /simulated: models\.baseline\.simulate_failure/);
    }
    assert.equal(errorsOf().length, 1);
    config.resetLive('models.baseline.simulate_failure', 'Eva');
    infer.receive(features(20));
    assert.ok(said(await out.next()).probability! > 0);
  });

  const refusals: readonly [name: string, card: string, reason: RegExp][] = [
    ['is not there', 'nowhere.yaml', /no such file/],
    ['is corrupt', 'corrupt.yaml', /no graph that can be run/],
    ['does not fit its card', 'wrong-shape.yaml', /the card says float32 \[batch, 4\]/],
    ['is of the other kind', 'with-attention.yaml', /expected a baseline model/],
  ];
  for (const [name, card, expected] of refusals) {
    it(`goes on without a probability when the model ${name}, reporting it once per node`, async () => {
      const { infer, out } = await run(inferenceFlow('baseline-infer', card));
      for (const seconds of [5, 10, 15]) infer.receive(features(seconds));
      for (let i = 0; i < 3; i++) {
        const { probability, reason, model } = said(await out.next());
        assert.deepEqual([probability, model], [null, '']);
        assert.match(reason!, expected);
      }
      assert.equal(errorsOf().length, 2, 'one of the model node, one of this');
    });
  }

  it('goes on without a probability when no model is chosen', async () => {
    const flow = inferenceFlow('baseline-infer', 'with-contributions.yaml', '', { model: '' });
    const { infer, out } = await run(flow);
    infer.receive(features(5));
    assert.match(said(await out.next()).reason!, /choose an onnx-model of kind baseline/);
  });

  it('says nothing while it is switched off, and speaks again when it is on', async () => {
    const { infer, out, answers } = await run(inferenceFlow('baseline-infer', 'with-contributions.yaml'));
    infer.receive({ command: 'disable' });
    assert.deepEqual((await answers.next()).payload, { enabled: false });
    infer.receive(features(5));
    infer.receive({ command: 'enable' });
    assert.deepEqual((await answers.next()).payload, { enabled: true });
    infer.receive(features(10));
    assert.equal((await out.next()).timestamp, 10_000);
    assert.deepEqual(errorsOf(), []);
  });

  it('answers with the last predictions of a strand', async () => {
    const yaml = 'models: { baseline: { history: 2 } }';
    const { infer, out, answers } = await run(
      inferenceFlow('baseline-infer', 'with-contributions.yaml', yaml),
    );
    for (const [strand, seconds] of [
      ['s1', 5],
      ['s2', 5],
      ['s1', 10],
      ['s1', 15],
    ] as const) {
      // prettier-ignore
      infer.receive(features(seconds, FEATURES, strand));
      await out.next();
    }
    infer.receive({ command: 'get-history', topic: 's1' });
    const answer = (await answers.next()).payload as Record<string, { timestamp: number; castId: string }[]>;
    assert.deepEqual(Object.keys(answer), ['s1']);
    assert.deepEqual(
      answer.s1!.map(({ timestamp, castId }) => [timestamp, castId]),
      [
        [10_000, 'c1'],
        [15_000, 'c1'],
      ],
    );
    infer.receive({ command: 'reset' });
    await answers.next();
    infer.receive({ command: 'get-history' });
    assert.deepEqual((await answers.next()).payload, {});
  });

  const badMessages: readonly [name: string, message: Message, expected: RegExp][] = [
    ['without a strand', { ...features(5), topic: 7 }, /msg\.topic: expected a strand id, got 7/],
    ['without a time', { ...features(5), timestamp: 'now' }, /msg\.timestamp/],
    ['without features', { ...features(5), payload: [1, 2] }, /msg\.payload: expected an object/],
    [
      'with an unknown command',
      { command: 'jump' },
      /expected one of enable, disable, get-history, get-shadow, reset, got "jump"/,
    ],
    ['with a command that is no text', { command: 7 }, /msg\.command/],
    [
      'asking for no history at all',
      { command: 'get-history', payload: -1 },
      /limit: expected a whole number from 1/,
    ],
  ];
  for (const [name, message, expected] of badMessages) {
    it(`refuses a message ${name}, and carries on`, async () => {
      const { infer, out } = await run(inferenceFlow('baseline-infer', 'with-contributions.yaml'));
      infer.receive(message);
      infer.receive(features(5));
      await out.next();
      assert.equal(errorsOf().length, 1);
      assert.match(errorsOf()[0]!, expected);
    });
  }

  it('takes a message that lacks cast and timings', async () => {
    const { infer, out } = await run(inferenceFlow('baseline-infer', 'with-contributions.yaml'));
    infer.receive({ topic: 's1', timestamp: 5000, payload: FEATURES });
    assert.ok(said(await out.next()).probability! > 0);
    assert.deepEqual(errorsOf(), []);
  });

  it('says why it cannot start', async () => {
    const flow = inferenceFlow('baseline-infer', 'with-contributions.yaml', '', { explain: 'many' });
    const { infer } = await run(flow);
    infer.receive(features(5));
    await turn();
    assert.deepEqual(
      errorsOf(),
      new Array<string>(2).fill('Contributions: expected a whole number from 0 to 50, got "many".'),
    );
  });

  it('ends each message once: predicted, refused, commanded, or under way when it closes', async () => {
    const { infer, out } = await run(inferenceFlow('baseline-infer', 'with-contributions.yaml'));
    const ended = completionsOf(infer);
    infer.receive({ ...features(5), _msgid: 'predicted' });
    infer.receive({ ...features(10, {}), _msgid: 'lacking' });
    await out.next();
    await out.next();
    infer.receive({ command: 'reset', _msgid: 'command' });
    infer.receive({ command: 'jump', _msgid: 'unknown' });
    infer.receive({ ...features(15), timestamp: 'now', _msgid: 'refused' });
    await turn();
    infer.receive({ ...features(20), _msgid: 'under way' });
    await turn();
    await undeploy();
    assert.deepEqual(ended, ['predicted', 'lacking', 'command', 'unknown', 'refused', 'under way']);
  });
});
