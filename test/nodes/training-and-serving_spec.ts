import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { castFeatures } from '../../models/features/cast-features.js';
import type { GrowingMatrix } from '../../models/features/growing-matrix.js';
import castReplay from '../../nodes/cast-replay/cast-replay.js';
import { castNamed, listCasts } from '../../nodes/cast-replay/cast-library-file.js';
import featureExtract from '../../nodes/feature-extract/feature-extract.js';
import { planFeatures } from '../../nodes/feature-extract/feature-plan.js';
import { readConfig } from '../../nodes/lib/config/read-config.js';
import type { Sequence } from '../../nodes/lib/messages.js';
import { shipped } from '../../nodes/lib/package-paths.js';
import sensorBuffer from '../../nodes/sensor-buffer/sensor-buffer.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import { collect, deploy, errorsOf, useNodeRed, type FlowNode } from '../support/node-harness.js';

/** Has a gap, a stuck sensor and spikes in it. */
const CAST = 'sensor-fault';
/** s of the cast that are compared. */
const UNTIL = 900;

const flow = (batch: number): FlowNode[] => [
  { id: 'config', type: 'strand-config', source: 'file', file: '' },
  {
    ...{ id: 'replay', type: 'cast-replay', strandConfig: 'config', casts: CAST, speed: 'unpaced', batch },
    wires: [['buffer'], []],
  },
  { id: 'buffer', type: 'sensor-buffer', strandConfig: 'config', wires: [['features'], []] },
  {
    ...{ id: 'features', type: 'feature-extract', strandConfig: 'config' },
    wires: [['vectors'], ['sequences']],
  },
  { id: 'vectors', type: 'helper' },
  { id: 'sequences', type: 'helper' },
];

/** The mean of what was measured in the last step up to a second, as the training makes it of the rows of a cast. */
function lastStep({ numbers, columns }: GrowingMatrix, second: number, stepSamples: number): Float32Array {
  return Float32Array.from({ length: columns }, (_, channel) => {
    const measured: number[] = [];
    for (let row = Math.max(0, second - stepSamples + 1); row <= second; row++)
      measured.push(Math.fround(numbers[row * columns + channel]!));
    const there = measured.filter((value) => !Number.isNaN(value));
    return there.length === 0 ? 0 : there.reduce((sum, value) => sum + value, 0) / there.length;
  });
}

describe('features for training and for serving', () => {
  useNodeRed();

  for (const batch of [1, 97])
    it(`are the same to the bit, replayed in batches of ${batch}`, async () => {
      const { config } = readConfig(readFileSync(shipped.config(), 'utf8'), 'realtime_inference.yaml');
      const plan = planFeatures(config);
      const cast = castNamed(CAST, await listCasts(shipped.casts()), shipped.casts());
      const table = await castFeatures(cast, config);

      const types = [strandConfig, castReplay, sensorBuffer, featureExtract];
      const nodes = await deploy(types, flow(batch));
      const vectors = collect(nodes('vectors'));
      const sequences = collect(nodes('sequences'));
      for (let row = 0; table.elapsed[row]! <= UNTIL; row++) {
        const vector = await vectors.next();
        assert.equal(vector.timestamp, table.timestamps[row]);
        const numbers = table.features.numbers.subarray(row * plan.names.length);
        const expected = plan.names.map((name, i) => [name, Number.isFinite(numbers[i]) ? numbers[i] : null]);
        assert.deepEqual(vector.payload, Object.fromEntries(expected));

        const sequence = (await sequences.next()).payload as Sequence;
        const last = sequence.values.subarray(-plan.channels.length);
        assert.deepEqual(last, lastStep(table.channels, table.elapsed[row]!, plan.sequence.stepSamples));
      }
      assert.deepEqual(errorsOf(), []);
    });
});
