import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { openBackend } from '../../../nodes/onnx-model/onnx-runtime.js';
import { backends } from '../../support/backends.js';
import { fixture } from '../../support/model-fixtures.js';

const graph = (file: string): Uint8Array => readFileSync(fixture(file));
const row = (...values: number[]) => ({
  type: 'float32' as const,
  data: Float32Array.from(values),
  dims: [values.length / 4, 4],
});

for (const name of backends) {
  describe(`Backend ${name}`, () => {
    it('tells names, types and shapes of a graph', async () => {
      const session = await (await openBackend(name)).open(graph('with-contributions.onnx'));
      assert.deepEqual(session.inputs, [{ name: 'features', type: 'float32', shape: ['batch', 4] }]);
      assert.deepEqual(session.outputs, [
        { name: 'probability', type: 'float32', shape: ['batch'] },
        { name: 'contributions', type: 'float32', shape: ['batch', 4] },
      ]);
      await session.release();
    });

    it('gives each of many runs at once its own result', async () => {
      const session = await (await openBackend(name)).open(graph('without-contributions.onnx'));
      const inputs = Array.from({ length: 50 }, (_, i) => row(100 + i / 10, 2, 0, 140));
      const together = await Promise.all(inputs.map((features) => session.run({ features })));
      for (const [i, features] of inputs.entries()) {
        const alone = await session.run({ features });
        assert.deepEqual(together[i]!.probability!.data, alone.probability!.data);
      }
      await session.release();
    });

    it('gives a row the same result alone and in a batch', async () => {
      const session = await (await openBackend(name)).open(graph('without-contributions.onnx'));
      const alone = await session.run({ features: row(104, 3, 0, 150) });
      const batch = await session.run({ features: row(90, 1, 0, 120, 104, 3, 0, 150) });
      assert.ok(Math.abs(Number(alone.probability!.data[0]) - Number(batch.probability!.data[1])) < 1e-6);
      await session.release();
    });

    it('refuses bytes that are no graph, and carries on', async () => {
      const backend = await openBackend(name);
      await assert.rejects(backend.open(graph('corrupt.onnx')));
      await assert.rejects(backend.open(new Uint8Array(0)));
      await (await backend.open(graph('with-attention.onnx'))).release();
    });

    it('refuses a feed of the wrong shape, and carries on', async () => {
      const session = await (await openBackend(name)).open(graph('without-contributions.onnx'));
      const wrong = { type: 'float32' as const, data: new Float32Array(3), dims: [1, 3] };
      await assert.rejects(session.run({ features: wrong }));
      await session.run({ features: row(100, 2, 0, 140) });
      await session.release();
    });
  });
}

describe('openBackend', () => {
  const absent = (): Promise<never> =>
    Promise.reject(new Error("Cannot find package 'x'\nRequire stack: ..."));
  const present = () => import('onnxruntime-web');

  it('falls back to WebAssembly where the native engine is missing', async () => {
    assert.equal((await openBackend('auto', { native: absent, wasm: present })).name, 'wasm');
  });

  it('does not fall back when one engine was asked for', async () => {
    await assert.rejects(openBackend('native', { native: absent, wasm: present }), {
      code: 'DEPENDENCY_MISSING',
      message: /npm install onnxruntime-node$/,
    });
  });

  it('names the command that installs what is missing', async () => {
    await assert.rejects(openBackend('auto', { native: absent, wasm: absent }), {
      code: 'DEPENDENCY_MISSING',
      message:
        /\(Cannot find package 'x'\)\. Install it in Node-RED's user directory: npm install onnxruntime-web$/,
    });
  });
});
