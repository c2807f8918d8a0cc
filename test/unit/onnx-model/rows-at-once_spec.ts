import assert from 'node:assert/strict';
import type { ModelKind } from '../../../nodes/lib/messages.js';
import { shipped } from '../../../nodes/lib/package-paths.js';
import { backends, load } from '../../support/backends.js';
import { fixture } from '../../support/model-fixtures.js';
import { ModelFolder } from '../../support/model-folder.js';
import { meanOf, mixedRows } from '../../support/onnx-bytes.js';

for (const backend of backends)
  describe(`rows that may share a run on ${backend}`, function () {
    this.timeout(60_000);
    const batchOf = async (kind: ModelKind, card: string): Promise<number> => {
      const { batch, session } = await load(kind, card, backend);
      await session.release();
      return batch;
    };
    const batchOfGraph = async (graph: Uint8Array): Promise<number> => {
      const folder = new ModelFolder('1', graph);
      try {
        return await batchOf('baseline', folder.cardFile);
      } finally {
        folder.remove();
      }
    };

    it('are 32 for the shipped trees and 8 for the shipped network: each gets what it gets alone, bit for bit', async () => {
      assert.equal(await batchOf('baseline', shipped.model('baseline')), 32);
      assert.equal(await batchOf('sequence', shipped.model('sequence')), 8);
    });

    it('are many for a graph that looks at each row by itself', async () =>
      assert.equal(await batchOfGraph(meanOf(4)), 32));

    it('is one for a graph that gives a row something of its neighbors', async () =>
      assert.equal(await batchOfGraph(mixedRows(4)), 1));

    if (backend === 'native')
      it('is one for a graph whose kernels treat the last rows of a run in another way, for some numbers only', async () =>
        assert.equal(await batchOf('sequence', fixture('with-attention.yaml')), 1));

    it('is one for a graph that was exported for a batch of one', async () =>
      assert.equal(await batchOfGraph(meanOf(4, 0, 1)), 1));
  });
