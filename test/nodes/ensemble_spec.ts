import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node } from 'node-red';
import helper from 'node-red-node-test-helper';
import baselineInfer from '../../nodes/baseline-infer/baseline-infer.js';
import ensemble from '../../nodes/ensemble/ensemble.js';
import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
import type { EnsemblePrediction, ModelKind } from '../../nodes/lib/messages.js';
import onnxModel from '../../nodes/onnx-model/onnx-model.js';
import sequenceInfer from '../../nodes/sequence-infer/sequence-infer.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import { fixture } from '../support/model-fixtures.js';
import {
  collect,
  deploy,
  completionsOf,
  errorsOf,
  useNodeRed,
  type Message,
} from '../support/node-harness.js';

const YAML = 'sensors:\n  - { name: mold_level, unit: mm, range: [0, 200] }\n';

const prediction = (kind: ModelKind, second: number, probability: number | null, strand = 's1'): Message => ({
  _msgid: `${kind}-${second}`,
  topic: strand,
  timestamp: second * 1000,
  cast: { strand, castId: 'c1', elapsed: second },
  payload: { probability, kind, model: kind, version: '1', latencyMs: 0.1 },
  timings: { entry: 0, stages: { [`${kind}-infer`]: 0.1 } },
});

interface Running {
  readonly node: Node;
  readonly config: StrandConfigNode;
  readonly risks: ReturnType<typeof collect>;
  readonly answers: ReturnType<typeof collect>;
}

async function running(fields: Readonly<Record<string, unknown>> = {}, yaml = ''): Promise<Running> {
  const nodeById = await deploy(
    [strandConfig, ensemble],
    [
      { id: 'config', type: 'strand-config', source: 'inline', yaml: YAML + yaml },
      { id: 'e', type: 'ensemble', strandConfig: 'config', wires: [['risk'], ['answers']], ...fields },
      { id: 'risk', type: 'helper' },
      { id: 'answers', type: 'helper' },
    ],
  );
  return {
    node: nodeById('e'),
    config: nodeById('config') as StrandConfigNode,
    risks: collect(nodeById('risk')),
    answers: collect(nodeById('answers')),
  };
}
const riskOf = async (risks: Running['risks']): Promise<EnsemblePrediction> =>
  (await risks.next()).payload as EnsemblePrediction;

describe('ensemble', () => {
  let userDir = '';
  useNodeRed();
  beforeEach(() => {
    userDir = mkdtempSync(join(tmpdir(), 'ensemble-'));
    helper.settings({ userDir });
  });
  afterEach(() => rmSync(userDir, { recursive: true }));

  it('joins both models to one risk, with the timings of both', async () => {
    const { node, risks } = await running();
    node.receive(prediction('baseline', 5, 0.2));
    node.receive(prediction('sequence', 5, 0.8));
    const message = await risks.next();
    const { probability, degraded, agreement } = message.payload as EnsemblePrediction;
    assert.ok(Math.abs(probability! - 0.5) < 1e-12);
    assert.equal(degraded, false);
    assert.ok(Math.abs(agreement! - 0.4) < 1e-12);
    assert.deepEqual(Object.keys((message.timings as { stages: object }).stages).sort(), [
      'baseline-infer',
      'ensemble',
      'sequence-infer',
    ]);
    assert.deepEqual(errorsOf(), []);
  });

  it('carries on with one model, and says that it is degraded', async () => {
    const { node, risks } = await running();
    node.receive(prediction('baseline', 5, 0.7));
    node.receive(prediction('sequence', 10, 0.8));
    const risk = await riskOf(risks);
    assert.equal(risk.probability, 0.7);
    assert.equal(risk.degraded, true);
  });

  it('is not degraded by a model that is switched off, live or in the file', async () => {
    const { node, config, risks } = await running({}, 'models: { sequence: { enabled: false } }');
    node.receive(prediction('baseline', 5, 0.7));
    assert.equal((await riskOf(risks)).degraded, false);
    config.setLive('models.sequence.enabled', true, 'anna');
    node.receive(prediction('baseline', 10, 0.7));
    node.receive(prediction('sequence', 10, null));
    assert.equal((await riskOf(risks)).degraded, true);
  });

  it('says null when no model could say, and invents nothing', async () => {
    const { node, risks } = await running();
    node.receive(prediction('baseline', 5, null));
    node.receive(prediction('sequence', 5, null));
    const risk = await riskOf(risks);
    assert.equal(risk.probability, null);
    assert.equal(risk.degraded, true);
  });

  it('ends each message exactly once, good or bad', async () => {
    const { node, risks } = await running();
    const ended = completionsOf(node);
    const messages: Message[] = [
      prediction('baseline', 5, 0.2),
      prediction('sequence', 5, 0.3),
      { ...prediction('baseline', 10, 0.2), _msgid: 'no-topic', topic: undefined },
      { ...prediction('baseline', 10, 0.2), _msgid: 'no-time', timestamp: 'noon' },
      { ...prediction('baseline', 10, 0.2), _msgid: 'no-payload', payload: 5 },
      { _msgid: 'command', command: 'set-method', payload: 'max' },
      { _msgid: 'unknown', command: 'explode' },
      { ...prediction('baseline', 15, 0.2), _msgid: 'after' },
      { ...prediction('sequence', 15, 0.2), _msgid: 'last' },
    ];
    for (const message of messages) node.receive(message);
    await risks.next();
    await risks.next();
    await new Promise(setImmediate);
    assert.deepEqual([...ended].sort(), messages.map(({ _msgid }) => String(_msgid)).sort());
    assert.equal(errorsOf().length, 4);
  });

  it('answers with the last risks of a strand, and forgets them when told so', async () => {
    const { node, risks, answers } = await running({}, 'models: { ensemble: { history: 2 } }');
    for (const second of [5, 10, 15]) {
      node.receive(prediction('baseline', second, 0.5));
      node.receive(prediction('sequence', second, second === 15 ? null : 0.5));
      await risks.next();
    }
    node.receive({ command: 'get-history', topic: 's1' });
    const beside = { rules: null, fallback: false, confidence: 1 };
    const past = { castId: 'c1', probability: 0.5, baseline: 0.5, ...beside };
    assert.deepEqual((await answers.next()).payload, {
      s1: [
        { ...past, timestamp: 10_000, sequence: 0.5, agreement: 1, degraded: false },
        { ...past, timestamp: 15_000, sequence: null, agreement: null, degraded: true },
      ],
    });
    node.receive({ command: 'reset' });
    await answers.next();
    node.receive({ command: 'get-history' });
    assert.deepEqual((await answers.next()).payload, {});
  });

  it('counts votes from the threshold that was set', async () => {
    const { node, risks, answers } = await running({ method: 'voting' });
    node.receive({ command: 'set-vote-threshold', payload: 0.7 });
    await answers.next();
    node.receive(prediction('baseline', 5, 0.6));
    node.receive(prediction('sequence', 5, 0.8));
    assert.equal((await riskOf(risks)).probability, 0.5);
  });

  const noPredictions: readonly [name: string, payload: object, expected: RegExp][] = [
    [
      'of an unknown model',
      { kind: 'oracle' },
      /msg\.payload\.kind: expected "baseline" or "sequence", got "oracle"/,
    ],
    ['above 1', { probability: 1.5 }, /msg\.payload\.probability: expected 0\.\.1 or null, got 1\.5/],
    ['that is text', { probability: '0.5' }, /msg\.payload\.probability/],
  ];
  for (const [name, change, expected] of noPredictions) {
    it(`refuses a probability ${name}, and carries on`, async () => {
      const { node, risks } = await running({}, 'models: { sequence: { enabled: false } }');
      const good = prediction('baseline', 5, 0.5);
      node.receive({ ...good, payload: { ...(good.payload as object), ...change } });
      node.receive(good);
      await risks.next();
      assert.equal(errorsOf().length, 1);
      assert.match(errorsOf()[0]!, expected);
    });
  }

  it('takes predictions that lack cast and timings', async () => {
    const { node, risks } = await running({}, 'models: { sequence: { enabled: false } }');
    const { topic, timestamp, payload } = prediction('baseline', 5, 0.4);
    node.receive({ topic, timestamp, payload } as Message);
    assert.equal((await riskOf(risks)).probability, 0.4);
    assert.deepEqual(errorsOf(), []);
  });

  it('carries on with one model, degraded, when the other cannot be loaded, with no flood of errors', async () => {
    const nodeById = await deploy(
      [strandConfig, onnxModel, baselineInfer, sequenceInfer, ensemble],
      [
        { id: 'config', type: 'strand-config', source: 'inline', yaml: YAML },
        { id: 'good', type: 'onnx-model', kind: 'baseline', card: fixture('without-contributions.yaml') },
        { id: 'bad', type: 'onnx-model', kind: 'sequence', card: fixture('corrupt.yaml') },
        { id: 'b', type: 'baseline-infer', strandConfig: 'config', model: 'good', wires: [['e'], []] },
        { id: 's', type: 'sequence-infer', strandConfig: 'config', model: 'bad', wires: [['e'], []] },
        { id: 'e', type: 'ensemble', strandConfig: 'config', wires: [['out'], []] },
        { id: 'out', type: 'helper' },
      ],
    );
    const out = collect(nodeById('out'));
    const features = {
      'mold_level.mean.10s': 104,
      'mold_level.std.60s': 3.5,
      'casting_speed.slope.60s': -0.001,
      'tc_u1.mean.10s': 171,
    };
    for (let seconds = 5; seconds <= 100; seconds += 5) {
      const envelope = { topic: 's1', timestamp: seconds * 1000 };
      nodeById('b').receive({ ...envelope, payload: { ...features } });
      nodeById('s').receive({ ...envelope, payload: {} });
    }
    for (let i = 1; i <= 20; i++) {
      const message = await out.next();
      const { probability, degraded, sequence } = message.payload as EnsemblePrediction;
      assert.equal(message.timestamp, 5000 * i);
      assert.deepEqual([probability !== null, degraded, sequence!.probability], [true, true, null]);
    }
    assert.equal(errorsOf().length, 2, 'one of the model node, one of the node that uses it');
  });

  describe('commands', () => {
    it('change the method for the next risk', async () => {
      const { node, risks, answers } = await running();
      node.receive({ command: 'set-method', payload: 'max' });
      const answer = await answers.next();
      assert.deepEqual((answer.answer as { ok: boolean }).ok, true);
      node.receive(prediction('baseline', 5, 0.2));
      node.receive(prediction('sequence', 5, 0.8));
      const { probability, method } = await riskOf(risks);
      assert.equal(probability, 0.8);
      assert.equal(method, 'max');
    });

    it('come before the fields of the node', async () => {
      const { node, risks } = await running({ baselineWeight: '1', sequenceWeight: '0' });
      node.receive({ command: 'set-weights', payload: { baseline: 0, sequence: 1, user: 'anna' } });
      node.receive(prediction('sequence', 5, 0.8));
      node.receive(prediction('baseline', 5, 0.2));
      assert.equal((await riskOf(risks)).probability, 0.8);
    });

    it('are kept over a restart', async () => {
      const { node, answers } = await running();
      node.receive({ command: 'set-weights', payload: { baseline: 1, sequence: 3 } });
      await answers.next();
      await helper.unload();
      const { config } = await running();
      assert.deepEqual(config.current?.models.ensemble.weights, { baseline: 1, sequence: 3 });
    });

    const refused: readonly [name: string, message: Message, code: string][] = [
      ['an unknown command', { command: 'explode' }, 'COMMAND_UNKNOWN'],
      ['an unknown method', { command: 'set-method', payload: 'guess' }, 'CONFIG_INVALID'],
      ['a negative weight', { command: 'set-weights', payload: { baseline: -1 } }, 'CONFIG_INVALID'],
    ];
    for (const [name, message, code] of refused) {
      it(`answer ${name} with what is wrong, and change nothing`, async () => {
        const { node, config, answers } = await running();
        node.receive(message);
        const { answer } = await answers.next();
        assert.equal((answer as { ok: boolean }).ok, false);
        assert.equal((answer as { code: string }).code, code);
        assert.equal(config.current?.models.ensemble.method, 'weighted');
        assert.equal(errorsOf().length, 1);
      });
    }

    it('are refused while there is no valid configuration', async () => {
      const { node, answers } = await running({}, 'alerts: { deadband: 7 }');
      node.receive({ command: 'set-method', payload: 'max' });
      const { answer } = await answers.next();
      assert.equal((answer as { code: string }).code, 'CONFIG_INVALID');
    });
  });

  it('tells of a wrong field by name and refuses each message', async () => {
    const { node } = await running({ baselineWeight: 'heavy' });
    node.receive(prediction('baseline', 5, 0.2));
    await new Promise(setImmediate);
    assert.match(errorsOf()[0]!, /^Baseline weight: expected a number from 0 to 1000, got "heavy"\./);
    assert.equal(errorsOf().length, 2);
  });
});
