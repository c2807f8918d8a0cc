import assert from 'node:assert/strict';
import { useNodeRed, useUserDir } from '../../support/node-harness.js';
import { pipeline, pipelineYaml, plantReading, saidBy, type Risk } from '../../support/pipeline.js';
import type { StrandReport } from '../../../nodes/sensor-buffer/buffer-report.js';

const SECONDS = 70;
const KEPT = 4;
const IDS = 10_000;

const strandIds = (count: number): string[] => Array.from({ length: count }, (_, i) => `strand-${i}`);

describe('more strands than there can be', function () {
  this.timeout(120_000);
  useNodeRed();
  useUserDir();

  it(`are refused with what to do: ${IDS} ids beside ${KEPT} real strands leave those unharmed and memory bounded`, async () => {
    const { send, next, nodeById, windows } = await pipeline(pipelineYaml('', `max_strands: ${KEPT}`));
    const plant = strandIds(KEPT);
    const refused: string[] = [];
    const buffer = nodeById('buffer');
    buffer.error = (problem: unknown) => refused.push(String((problem as Error).message ?? problem));
    let stray = 0;
    for (let second = 0; second <= SECONDS; second++) {
      for (const strand of plant) send(plantReading(strand, second));
      while (stray < (IDS * (second + 1)) / (SECONDS + 1)) send(plantReading(`stray-${stray++}`, second));
      // As a broker does: the event loop turns between two deliveries.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const risks: Risk[] = await next((SECONDS / 5 + 1) * KEPT);
    const ofStrand = (strand: string): unknown[] => risks.filter(({ topic }) => topic === strand).map(saidBy);
    for (const strand of plant) {
      assert.equal(ofStrand(strand).length, SECONDS / 5 + 1);
      assert.deepEqual(ofStrand(strand), ofStrand(plant[0]!));
    }
    nodeById('buffer').receive({ command: 'status' });
    const reports = (await windows.next()).payload as StrandReport[];
    assert.deepEqual(reports.map(({ strand }) => strand).sort(), plant);
    assert.equal(refused.length, stray, 'each refused reading ends with its error');
    assert.match(
      refused[0]!,
      /strand "stray-0": there are 4 strands already\. Raise streaming\.max_strands, or check msg\.topic\./,
    );
  });
});
