/** What an inference engine must offer, whichever of the two it is. */
import type { InferenceBackend, TensorData } from '../lib/model-node.js';

/** Name, type and shape of a graph's input or output. A free dimension is a text, usually its name. */
export interface TensorInfo {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

/** A graph, loaded and ready. After `release` it must not be run again, nor be released during a run. */
export interface Session {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  run(feeds: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>>;
  release(): Promise<void>;
}

export interface Backend {
  readonly name: InferenceBackend;
  /** Of the engine's package. */
  readonly version: string;
  /** @throws when the bytes are no graph this engine can run */
  open(graph: Uint8Array): Promise<Session>;
}
