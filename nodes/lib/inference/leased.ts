import type { LoadedModel } from '../model-node.js';

/** Runs `work` on a model that is not released before it ends, however many runs it takes. */
export function leased<Result>(model: LoadedModel, work: () => Promise<Result>): Promise<Result> {
  const end = model.lease?.();
  if (end === undefined) return work();
  try {
    return work().finally(end);
  } catch (err) {
    end();
    throw err;
  }
}
