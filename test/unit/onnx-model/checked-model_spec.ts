import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../nodes/lib/clock.js';
import type { ModelKind } from '../../../nodes/lib/messages.js';
import { checkedModel } from '../../../nodes/onnx-model/checked-model-file.js';
import { modelFiles } from '../../../nodes/onnx-model/model-file.js';
import { readCardFile, readGraph } from '../../../nodes/onnx-model/model-loader.js';
import { openBackend } from '../../../nodes/onnx-model/onnx-runtime.js';
import { proofKey, surroundings } from '../../../nodes/onnx-model/proof-key-file.js';
import { ProofsFile, proofsPath } from '../../../nodes/onnx-model/proofs-file.js';
import { backends } from '../../support/backends.js';
import { fixture } from '../../support/model-fixtures.js';
import { ModelFolder } from '../../support/model-folder.js';
import { meanOf } from '../../support/onnx-bytes.js';

for (const backend of backends)
  describe(`A model that is opened on ${backend}`, function () {
    this.timeout(90_000);
    let userDir = '';
    let proofs: ProofsFile;
    beforeEach(() => {
      userDir = mkdtempSync(join(tmpdir(), 'strandwatch-checked-'));
      proofs = new ProofsFile(proofsPath(userDir), assert.fail);
    });
    afterEach(() => rmSync(userDir, { recursive: true, force: true }));

    const keyOf = async (kind: ModelKind, cardFile: string): Promise<string> => {
      const { fingerprint } = await readGraph(await readCardFile(kind, cardFile, modelFiles), modelFiles);
      const engine = await openBackend(backend);
      return proofKey({ fingerprint, golden: null, engine, surroundings: await surroundings() });
    };
    const batchOf = async (kind: ModelKind, cardFile: string): Promise<number> => {
      const tools = {
        ...{ clock: systemClock, signal: new AbortController().signal, proofs },
        onGraphFile: () => undefined,
      };
      const { session, batch } = await (await checkedModel({ kind, cardFile, backend }, null, tools))!.open();
      await session.release();
      return batch;
    };
    const withFolder = async (
      version: string,
      use: (folder: ModelFolder) => Promise<void>,
    ): Promise<void> => {
      const folder = new ModelFolder(version, meanOf(4));
      try {
        await use(folder);
      } finally {
        folder.remove();
      }
    };

    it('is proven at its first start, and what came of that is kept in the user directory', () =>
      withFolder('first', async ({ cardFile }) => {
        assert.equal(await batchOf('baseline', cardFile), 32);
        assert.equal((await proofs.read()).rowsOf(await keyOf('baseline', cardFile)), 32);
      }));

    it('is not proven anew at the next', () =>
      withFolder('known', async ({ cardFile }) => {
        // No proof of this graph would give 5.
        await proofs.keep(await keyOf('baseline', cardFile), 5);
        assert.equal(await batchOf('baseline', cardFile), 5);
      }));

    it('runs no more rows at once than its kind is worth, whatever was kept', async () => {
      const cardFile = fixture('with-attention.yaml');
      await proofs.keep(await keyOf('sequence', cardFile), 32);
      assert.equal(await batchOf('sequence', cardFile), 8);
    });
  });
