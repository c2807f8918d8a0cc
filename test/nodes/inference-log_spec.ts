import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import baselineInfer from '../../nodes/baseline-infer/baseline-infer.js';
import ensemble from '../../nodes/ensemble/ensemble.js';
import onnxModel from '../../nodes/onnx-model/onnx-model.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import { inferenceFlow } from '../support/model-fixtures.js';
import {
  collect,
  deploy,
  errorsOf,
  undeploy,
  useNodeRed,
  useUserDir,
  type Message,
} from '../support/node-harness.js';

const FEATURES = {
  'mold_level.mean.10s': 104,
  'mold_level.std.60s': 3.5,
  'casting_speed.slope.60s': -0.001,
  'tc_u1.mean.10s': 171,
};
const features = (seconds: number, payload: object = FEATURES): Message => ({
  topic: 's1',
  timestamp: seconds * 1000,
  cast: { strand: 's1', castId: 'c1', elapsed: seconds },
  payload,
  timings: { entry: 0, stages: {} },
});

describe('Inference log', () => {
  useNodeRed();
  const userDir = useUserDir();

  /** Two predictions through baseline and ensemble, the second without features; then everything closes. @returns warnings */
  async function play(logging: string): Promise<string[]> {
    const yaml = `models: { sequence: { enabled: false } }\n${logging}`;
    const flow = inferenceFlow('baseline-infer', 'with-contributions.yaml', yaml, { wires: [['risk'], []] });
    const risk = { id: 'risk', type: 'ensemble', strandConfig: 'config', wires: [['out'], []] };
    const nodeById = await deploy([strandConfig, onnxModel, baselineInfer, ensemble], [...flow, risk]);
    const out = collect(nodeById('out'));
    const warnings: string[] = [];
    for (const id of ['infer', 'risk']) nodeById(id).warn = (text) => warnings.push(String(text));
    nodeById('infer').receive(features(5));
    await out.next();
    nodeById('infer').receive(features(10, {}));
    await out.next();
    await undeploy();
    return warnings;
  }
  const linesIn = (file: string): Message[] =>
    readFileSync(join(userDir(), file), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Message);

  it('holds one line per prediction, of the models and of the ensemble', async () => {
    await play('');
    const lines = linesIn('logs/inference.jsonl');
    assert.deepEqual(
      lines.map(({ level, castTime, strand, cast, kind }) => [level, castTime, strand, cast, kind]),
      [
        ['info', '1970-01-01T00:00:05.000Z', 's1', 'c1', 'baseline'],
        ['info', '1970-01-01T00:00:05.000Z', 's1', 'c1', 'ensemble'],
        ['warn', '1970-01-01T00:00:10.000Z', 's1', 'c1', 'baseline'],
        ['warn', '1970-01-01T00:00:10.000Z', 's1', 'c1', 'ensemble'],
      ],
    );
    const [said, risk, silent] = lines;
    assert.deepEqual([said!.model, said!.version], ['fixture-with-contributions', '1.0.0']);
    assert.equal((said!.contributions as { feature: string }[])[0]!.feature, 'mold_level.std.60s');
    assert.deepEqual(
      [risk!.method, risk!.degraded, risk!.probability],
      ['weighted', false, said!.probability],
    );
    assert.match(String(silent!.reason), /lacks 4/);
  });

  it('is written where the configuration says, or not at all', async () => {
    await play('logging: { directory: elsewhere }');
    assert.equal(linesIn('elsewhere/inference.jsonl').length, 4);
    await play('logging: { inference: false }');
    assert.ok(!existsSync(join(userDir(), 'logs')));
  });

  it('is written on after a redeploy', async () => {
    await play('');
    await play('');
    assert.equal(linesIn('logs/inference.jsonl').length, 8);
  });

  it('never stops a prediction: a disk that refuses is reported once', async () => {
    writeFileSync(join(userDir(), 'logs'), 'a file where the folder should be');
    const warnings = await play('');
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /predictions can't be logged.*set logging\.inference to false/);
    assert.equal(errorsOf().length, 1, 'the missing features alone');
  });
});
