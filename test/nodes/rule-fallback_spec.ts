import assert from 'node:assert/strict';
import alertManager from '../../nodes/alert-manager/alert-manager.js';
import baselineInfer from '../../nodes/baseline-infer/baseline-infer.js';
import ensemble from '../../nodes/ensemble/ensemble.js';
import featureExtract from '../../nodes/feature-extract/feature-extract.js';
import onnxModel from '../../nodes/onnx-model/onnx-model.js';
import sensorBuffer from '../../nodes/sensor-buffer/sensor-buffer.js';
import sequenceInfer from '../../nodes/sequence-infer/sequence-infer.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import type { EnsemblePrediction, PipelineMessage } from '../../nodes/lib/messages.js';
import { fixture } from '../support/model-fixtures.js';
import { collect, deploy, errorsOf, useNodeRed, useUserDir } from '../support/node-harness.js';

const YAML = `
sensors:
  - { name: mold_level, unit: mm, range: [0, 200] }
  - { name: casting_speed, unit: m/min, range: [0, 3] }
streaming: { inference_interval: 5 }
features: { statistics: { range: [60] } }
rules:
  list:
    - name: level-range
      label: Mold level moves
      mechanism: slag_entrainment
      feature: mold_level.range.60s
      unit: mm
      points: [[10, 0], [20, 0.5], [30, 0.9]]
      text: 'mold level moved {value} {unit} within 60 s'
alerts: { thresholds: { warning: 0.5, critical: 0.8 } }
`;

/** The whole chain, with models as told. */
async function chain(baseline: object, sequence: object) {
  const nodeById = await deploy(
    [
      strandConfig,
      onnxModel,
      sensorBuffer,
      featureExtract,
      baselineInfer,
      sequenceInfer,
      ensemble,
      alertManager,
    ],
    [
      { id: 'config', type: 'strand-config', source: 'inline', yaml: YAML },
      { id: 'bm', type: 'onnx-model', kind: 'baseline', ...baseline },
      { id: 'sm', type: 'onnx-model', kind: 'sequence', ...sequence },
      { id: 'buffer', type: 'sensor-buffer', strandConfig: 'config', wires: [['features'], [], []] },
      { id: 'features', type: 'feature-extract', strandConfig: 'config', wires: [['b'], ['s']] },
      { id: 'b', type: 'baseline-infer', strandConfig: 'config', model: 'bm', wires: [['e'], []] },
      { id: 's', type: 'sequence-infer', strandConfig: 'config', model: 'sm', wires: [['e'], []] },
      { id: 'e', type: 'ensemble', strandConfig: 'config', wires: [['risk', 'alerts'], []] },
      { id: 'alerts', type: 'alert-manager', strandConfig: 'config', wires: [['alarms'], [], []] },
      { id: 'risk', type: 'helper' },
      { id: 'alarms', type: 'helper' },
    ],
  );
  return { nodeById, risks: collect(nodeById('risk')), alarms: collect(nodeById('alarms')) };
}

/** 100 mm, and from 60 s on 25 mm more. */
const reading = (second: number) => ({
  topic: 's1',
  timestamp: second * 1000,
  payload: { mold_level: second < 60 ? 100 : 125, casting_speed: 1.2 },
});

describe('the rules, when no model can speak', () => {
  useNodeRed();
  useUserDir();

  const broken: readonly [name: string, card: string][] = [
    ['whose graph is not what the card says', fixture('corrupt.yaml')],
    ['whose card is missing', fixture('no-such-card.yaml')],
    ['whose graph gives something else', fixture('wrong-output.yaml')],
  ];
  for (const [name, card] of broken)
    it(`take over from models ${name}, and the flow goes on to the alarm`, async () => {
      const { nodeById, risks, alarms } = await chain({ card }, { card });
      for (let second = 0; second <= 90; second++) nodeById('buffer').receive(reading(second));
      const said: EnsemblePrediction[] = [];
      for (let i = 0; i <= 18; i++) {
        const message = (await risks.next()) as unknown as PipelineMessage<EnsemblePrediction>;
        assert.equal(message.timestamp, 5000 * i);
        said.push(message.payload);
      }
      const probabilities = said.map(({ probability }) => probability);
      assert.deepEqual(probabilities.slice(0, 12), Array(12).fill(0));
      assert.ok(probabilities.slice(13).every((probability) => Math.abs(probability! - 0.7) < 1e-9));
      for (const { fallback, degraded, baseline, sequence } of said)
        assert.deepEqual(
          [fallback, degraded, baseline!.probability, sequence!.probability],
          [true, true, null, null],
        );
      assert.equal(said.at(-1)!.rules!.findings[0]!.text, 'mold level moved 25 mm within 60 s');
      const alarm = (await alarms.next()).payload as { level: string };
      assert.equal(alarm.level, 'warning');
      const causes = errorsOf().length;
      assert.ok(causes >= 2 && causes <= 4, `one error per model and per node that uses it, not ${causes}`);
    });

  it('stay a second opinion while a model speaks', async () => {
    const card = fixture('corrupt.yaml');
    const { nodeById, risks } = await chain({ card }, { card });
    const { topic, timestamp } = reading(100);
    const rules = { score: 0.7, findings: [] };
    const envelope = { topic, timestamp, rules, confidence: 0.9 };
    const about = { model: 'm', version: '1', latencyMs: 0 };
    nodeById('e').receive({ ...envelope, payload: { ...about, kind: 'baseline', probability: 0.2 } });
    nodeById('e').receive({ ...envelope, payload: { ...about, kind: 'sequence', probability: null } });
    const risk = (await risks.next()).payload as EnsemblePrediction;
    assert.deepEqual([risk.probability, risk.fallback, risk.confidence], [0.2, false, 0.9]);
    assert.deepEqual(risk.rules, rules);
  });

  it('say so in the status of the ensemble', async () => {
    const card = fixture('corrupt.yaml');
    const { nodeById, risks } = await chain({ card }, { card });
    const shown: string[] = [];
    const node = nodeById('e');
    const show = node.status.bind(node);
    node.status = (status) => {
      shown.push(typeof status === 'string' ? status : (status.text ?? ''));
      show(status);
    };
    nodeById('buffer').receive(reading(0));
    for (let second = 1; second <= 5; second++) nodeById('buffer').receive(reading(second));
    await risks.next();
    assert.match(shown.at(-1)!, /ensemble\.status\.fallback|no model speaks, the rules do/);
  });
});
