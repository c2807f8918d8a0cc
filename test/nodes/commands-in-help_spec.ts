import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import alertManager from '../../nodes/alert-manager/alert-manager.js';
import baselineInfer from '../../nodes/baseline-infer/baseline-infer.js';
import castReplay from '../../nodes/cast-replay/cast-replay.js';
import ensemble from '../../nodes/ensemble/ensemble.js';
import featureExtract from '../../nodes/feature-extract/feature-extract.js';
import { packageRoot } from '../../nodes/lib/package-paths.js';
import onnxModel from '../../nodes/onnx-model/onnx-model.js';
import perfMonitor from '../../nodes/perf-monitor/perf-monitor.js';
import sensorBuffer from '../../nodes/sensor-buffer/sensor-buffer.js';
import sequenceInfer from '../../nodes/sequence-infer/sequence-infer.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import { collect, deploy, useNodeRed, useUserDir } from '../support/node-harness.js';

const REGISTERED = [
  ...[alertManager, baselineInfer, castReplay, ensemble, featureExtract],
  ...[onnxModel, perfMonitor, sensorBuffer, sequenceInfer, strandConfig],
];
/** Each with the number of its outputs: answers leave by the last. */
const TYPES: Readonly<Record<string, number>> = {
  'cast-replay': 2,
  'sensor-buffer': 2,
  'feature-extract': 2,
  'baseline-infer': 2,
  'sequence-infer': 2,
  ensemble: 2,
  'alert-manager': 3,
  'perf-monitor': 2,
};

/** The commands in the table of a help page, under its heading. */
function commandsIn(help: string, heading: string): string[] {
  const section = help.split(new RegExp(`^### ${heading}$`, 'm'))[1]?.split(/^### /m)[0] ?? '';
  return [...section.matchAll(/^\| (`[^|]+`) \|/gm)]
    .flatMap(([, cell]) => [...cell!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!))
    .filter((code) => code !== 'msg.command')
    .sort();
}

describe('the help of each node', () => {
  useNodeRed();
  useUserDir();

  for (const [type, outputs] of Object.entries(TYPES))
    it(`${type}: tells of the commands that the node takes, and of no other`, async () => {
      const wires = Array.from({ length: outputs }, (_, port) => (port === outputs - 1 ? ['answers'] : []));
      const nodeById = await deploy(REGISTERED, [
        { id: 'config', type: 'strand-config', version: 1 },
        { id: 'model', type: 'onnx-model', kind: type.split('-')[0], version: 1 },
        { id: 'node', type, strandConfig: 'config', model: 'model', autostart: false, version: 1, wires },
        { id: 'answers', type: 'helper' },
      ]);
      const answers = collect(nodeById('answers'));
      nodeById('node').receive({ command: 'no-such-command' });
      let answer: unknown;
      while (answer === undefined) ({ answer } = await answers.next());
      const [, known] = /expected one of ([^.]+), got/.exec((answer as { message: string }).message)!;
      for (const [language, heading] of [
        ['en-US', 'Commands'],
        ['de', 'Befehle'],
      ] as const) {
        const file = join(packageRoot(), 'nodes', type, 'locales', language, `${type}.html`);
        assert.deepEqual(
          commandsIn(readFileSync(file, 'utf8'), heading),
          known!.split(', ').sort(),
          language,
        );
      }
    });
});
