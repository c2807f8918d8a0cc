import type { FlowNode } from '../runtime.js';
import type { FlowTask } from './task.js';

/** The nodes of the reference flow in its wiring, without dashboard: what a reading passes from its source to the alarm. */
export function pipeline(yaml: string): FlowNode[] {
  const ours = (id: string, type: string, wires: string[][], more = {}): FlowNode => ({
    ...{ id, type, strandConfig: 'config', wires },
    ...more,
  });
  return [
    { id: 'config', type: 'strand-config', source: 'inline', yaml },
    { id: 'baseline-model', type: 'onnx-model', kind: 'baseline' },
    { id: 'sequence-model', type: 'onnx-model', kind: 'sequence' },
    { id: 'source', type: 'bench-source', wires: [['the-buffer']] },
    ours('the-buffer', 'sensor-buffer', [['the-meter'], []]),
    ours('the-meter', 'perf-monitor', [['the-features'], []], { period: '0' }),
    ours('the-features', 'feature-extract', [['the-baseline'], ['the-sequence']]),
    ours('the-baseline', 'baseline-infer', [['the-ensemble'], []], { model: 'baseline-model' }),
    ours('the-sequence', 'sequence-infer', [['the-ensemble'], []], { model: 'sequence-model' }),
    ours('the-ensemble', 'ensemble', [['the-risk-meter'], []]),
    ours('the-risk-meter', 'perf-monitor', [['the-alarms'], []], { period: '0' }),
    ours('the-alarms', 'alert-manager', [['the-end'], [], []]),
    // The runtime's hooks only tell of messages that go somewhere.
    { id: 'the-end', type: 'bench-sink', wires: [] },
  ];
}

/** As many nodes in the same wiring that do nothing: Node-RED's own share. */
export function empty({ inferenceInterval }: FlowTask): FlowNode[] {
  const pass = (id: string, wires: string[][], every = 1): FlowNode => ({
    ...{ id, type: 'bench-pass', ways: wires.length, wires, every },
  });
  return [
    { id: 'source', type: 'bench-source', wires: [['the-buffer']] },
    pass('the-buffer', [['the-meter']]),
    pass('the-meter', [['the-features']]),
    pass('the-features', [['the-baseline'], ['the-sequence']], inferenceInterval),
    pass('the-baseline', [['the-ensemble']]),
    pass('the-sequence', [['the-ensemble']]),
    pass('the-ensemble', [['the-risk-meter']], 2),
    pass('the-risk-meter', [['the-alarms']]),
    pass('the-alarms', [[]]),
  ];
}
