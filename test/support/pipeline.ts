/** The chain from plant data to alarms with small models, for tests that harm it. */
import type { NodeAPI } from 'node-red';
import alertManager from '../../nodes/alert-manager/alert-manager.js';
import baselineInfer from '../../nodes/baseline-infer/baseline-infer.js';
import ensemble from '../../nodes/ensemble/ensemble.js';
import featureExtract from '../../nodes/feature-extract/feature-extract.js';
import type { EnsemblePrediction, PipelineMessage } from '../../nodes/lib/messages.js';
import onnxModel from '../../nodes/onnx-model/onnx-model.js';
import perfMonitor from '../../nodes/perf-monitor/perf-monitor.js';
import sensorBuffer from '../../nodes/sensor-buffer/sensor-buffer.js';
import sequenceInfer from '../../nodes/sequence-infer/sequence-infer.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import { fixture } from './model-fixtures.js';
import { collect, deploy, type FlowNode, type Message } from './node-harness.js';

export const pipelineTypes: readonly ((RED: NodeAPI) => void)[] = [
  ...[strandConfig, onnxModel, sensorBuffer, perfMonitor, featureExtract],
  ...[baselineInfer, sequenceInfer, ensemble, alertManager],
];

/** The sensors and features that the models of `test/fixtures/models` take, a risk every 5 s; `more` is YAML added at the end. */
export const pipelineYaml = (more = '', streaming = ''): string => `
sensors:
  - { name: mold_level, unit: mm, range: [0, 200] }
  - { name: casting_speed, unit: m/min, range: [0, 3] }
  - { name: tc_u1, unit: degC, range: [0, 400] }
streaming: { inference_interval: 5, ${streaming} }
features: { windows: [10, 60], statistics: [mean, std, slope, range] }
rules:
  list:
    - name: level-range
      mechanism: slag_entrainment
      feature: mold_level.range.60s
      points: [[10, 0], [20, 0.5], [30, 0.9]]
alerts:
  thresholds: { warning: 0.5, critical: 0.99 }
  rules:
    - { name: risk }
    - { name: level, source: rule, rule: level-range }
${more}`;

/** Readings enter at `buffer`; risks come out at `risk`, alarms at `alarms`, refusals by `errorsOf`. */
export const pipelineFlow = (yaml: string): FlowNode[] => [
  { id: 'config', type: 'strand-config', source: 'inline', yaml },
  { id: 'bm', type: 'onnx-model', kind: 'baseline', card: fixture('with-contributions.yaml') },
  { id: 'sm', type: 'onnx-model', kind: 'sequence', card: fixture('with-attention.yaml') },
  { id: 'buffer', type: 'sensor-buffer', strandConfig: 'config', wires: [['monitor'], ['windows']] },
  { id: 'monitor', type: 'perf-monitor', strandConfig: 'config', wires: [['features'], []] },
  { id: 'features', type: 'feature-extract', strandConfig: 'config', wires: [['b'], ['s']] },
  { id: 'b', type: 'baseline-infer', strandConfig: 'config', model: 'bm', wires: [['e'], ['answers']] },
  { id: 's', type: 'sequence-infer', strandConfig: 'config', model: 'sm', wires: [['e'], ['answers']] },
  { id: 'e', type: 'ensemble', strandConfig: 'config', wires: [['risk', 'alerts'], ['answers']] },
  { id: 'alerts', type: 'alert-manager', strandConfig: 'config', wires: [['alarms'], [], ['answers']] },
  ...['risk', 'alarms', 'windows', 'answers'].map((id) => ({ id, type: 'helper' })),
];

/** Calm for a minute, then the mold level swings by 25 mm: the rule's score is 0.7. One reading a second, `ms` since then. */
export const plantReading = (strand: string, second: number, change: Message = {}): Message => ({
  topic: strand,
  timestamp: second * 1000,
  payload: {
    mold_level: second < 60 || second % 2 === 0 ? 100 : 125,
    casting_speed: 1.2 + 0.001 * (second % 7),
    tc_u1: 150 + (second % 5),
  },
  ...change,
});

export type Risk = PipelineMessage<EnsemblePrediction>;

/** The chain at work. */
export async function pipeline(yaml: string = pipelineYaml(), flow: FlowNode[] = pipelineFlow(yaml)) {
  const nodeById = await deploy(pipelineTypes, flow);
  const risks = collect(nodeById('risk'));
  return {
    nodeById,
    risks,
    alarms: collect(nodeById('alarms')),
    windows: collect(nodeById('windows')),
    answers: collect(nodeById('answers')),
    send: (message: Message) => nodeById('buffer').receive(message),
    /** The next `count` risks. */
    next: async (count: number): Promise<Risk[]> => {
      const taken: Risk[] = [];
      while (taken.length < count) taken.push((await risks.next()) as unknown as Risk);
      return taken;
    },
  };
}

/** What a risk says, without what may differ from run to run (latency) and the strand's name. */
export const saidBy = ({ timestamp, payload, process, rules, confidence }: Risk): unknown => ({
  timestamp,
  probability: payload.probability,
  baseline: payload.baseline?.probability,
  sequence: payload.sequence?.probability,
  confidence,
  process,
  rules,
});
