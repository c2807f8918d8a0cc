import { modelFiles } from '../../nodes/onnx-model/model-file.js';
import { loadModel, type Loaded } from '../../nodes/onnx-model/model-loader.js';
import { openBackend } from '../../nodes/onnx-model/onnx-runtime.js';
import type { InferenceBackend, LoadedModel } from '../../nodes/lib/model-node.js';
import type { ModelKind } from '../../nodes/lib/messages.js';

/** Both engines: every promise about inference is kept by each of them. */
export const backends: readonly InferenceBackend[] = ['native', 'wasm'];

export const load = (kind: ModelKind, card: string, backend: InferenceBackend): Promise<Loaded> =>
  loadModel(kind, card, modelFiles, () => openBackend(backend));

/** Hands `use` a model in service, and releases it afterwards. */
export async function withModel<T>(
  kind: ModelKind,
  card: string,
  backend: InferenceBackend,
  use: (model: LoadedModel) => Promise<T>,
): Promise<T> {
  const { session, ...loaded } = await load(kind, card, backend);
  try {
    return await use({ ...loaded, run: (feeds) => session.run(feeds) });
  } finally {
    await session.release();
  }
}
