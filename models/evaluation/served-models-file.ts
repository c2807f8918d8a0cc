import { join } from 'node:path';
import type { ModelKind } from '../../nodes/lib/messages.js';
import type { LoadedModel } from '../../nodes/lib/model-node.js';
import { modelFiles } from '../../nodes/onnx-model/model-file.js';
import { loadModel } from '../../nodes/onnx-model/model-loader.js';
import { openBackend } from '../../nodes/onnx-model/onnx-runtime.js';

/** A model loaded as the `onnx-model` node loads it; null when it is switched off in the configuration. */
export type ServedModels = Readonly<Record<ModelKind, LoadedModel | null>>;

/** The card of a kind in a folder of models. */
export const cardIn = (folder: string, kind: ModelKind): string => join(folder, kind, 'model.yaml');

/**
 * Loads the models of a folder: `baseline/model.yaml` and `sequence/model.yaml` with their graphs.
 * @throws ModelError, DependencyError
 */
export async function loadModels(
  folder: string,
  isEnabled: (kind: ModelKind) => boolean,
): Promise<ServedModels> {
  const load = async (kind: ModelKind): Promise<LoadedModel | null> => {
    if (!isEnabled(kind)) return null;
    const { session, ...rest } = await loadModel(kind, cardIn(folder, kind), modelFiles, () =>
      openBackend('auto'),
    );
    return { ...rest, run: (feeds) => session.run(feeds) };
  };
  return { baseline: await load('baseline'), sequence: await load('sequence') };
}
