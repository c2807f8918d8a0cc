import assert from 'node:assert/strict';
import alertManager from '../../nodes/alert-manager/alert-manager.js';
import baselineInfer from '../../nodes/baseline-infer/baseline-infer.js';
import castReplay from '../../nodes/cast-replay/cast-replay.js';
import ensemble from '../../nodes/ensemble/ensemble.js';
import featureExtract from '../../nodes/feature-extract/feature-extract.js';
import onnxModel from '../../nodes/onnx-model/onnx-model.js';
import perfMonitor from '../../nodes/perf-monitor/perf-monitor.js';
import sensorBuffer from '../../nodes/sensor-buffer/sensor-buffer.js';
import sequenceInfer from '../../nodes/sequence-infer/sequence-infer.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import { collect, deploy, errorsOf, undeploy, useNodeRed, useUserDir } from '../support/node-harness.js';

const types = [
  ...[strandConfig, onnxModel, castReplay, sensorBuffer, perfMonitor, featureExtract],
  ...[baselineInfer, sequenceInfer, ensemble, alertManager],
];

/** Every node type at work: an unpaced cast that never ends, up to the alarms. */
const flow = [
  { id: 'config', type: 'strand-config', source: 'file', file: '' },
  { id: 'baseline-model', type: 'onnx-model', kind: 'baseline' },
  { id: 'sequence-model', type: 'onnx-model', kind: 'sequence' },
  {
    ...{ id: 'replay', type: 'cast-replay', strandConfig: 'config', casts: 'sticker', speed: 'unpaced' },
    ...{ loop: true, wires: [['buffer'], []] },
  },
  { id: 'buffer', type: 'sensor-buffer', strandConfig: 'config', wires: [['monitor'], []] },
  { id: 'monitor', type: 'perf-monitor', strandConfig: 'config', wires: [['features'], []] },
  {
    id: 'features',
    type: 'feature-extract',
    strandConfig: 'config',
    wires: [['infer-baseline'], ['infer-sequence']],
  },
  infer('baseline'),
  infer('sequence'),
  { id: 'join', type: 'ensemble', strandConfig: 'config', wires: [['alarms', 'risk'], []] },
  { id: 'alarms', type: 'alert-manager', strandConfig: 'config', wires: [[], [], []] },
  { id: 'risk', type: 'helper' },
];

function infer(kind: 'baseline' | 'sequence') {
  const wires = [['join'], []];
  return {
    id: `infer-${kind}`,
    type: `${kind}-infer`,
    strandConfig: 'config',
    model: `${kind}-model`,
    wires,
  };
}

describe('redeploying the whole pipeline at work', function () {
  this.timeout(60_000);
  useNodeRed();
  useUserDir();

  it('leaves no timer, file or session behind, and every deploy predicts again', async () => {
    // Timers, files, sockets and runs that keep the process busy.
    const left: number[] = [];
    for (let round = 0; round < 8; round++) {
      const nodes = await deploy(types, flow);
      const risk = collect(nodes('risk'));
      for (let instant = 0; instant < 3; instant++) await risk.next();
      assert.deepEqual(errorsOf(), []);
      await undeploy();
      left.push(process.getActiveResourcesInfo().length);
    }
    // The first rounds open what the process keeps: module files, the helper's server.
    assert.ok(left.at(-1)! <= left[2]!, `resources after each round: ${left.join(', ')}`);
  });
});
