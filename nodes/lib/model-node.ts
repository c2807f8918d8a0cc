/** What the inference nodes see of an `onnx-model` node. */
import type { Node } from 'node-red';
import type { ModelCard } from './model-card.js';

/** Tensor of a run: row-major data with its shape. */
export interface TensorData {
  readonly type: 'float32' | 'int64' | 'bool' | 'uint8';
  readonly data: Float32Array | BigInt64Array | Uint8Array;
  readonly dims: readonly number[];
}

export type InferenceBackend = 'native' | 'wasm';

/** A loaded graph with its card; shared by every node that uses it. */
export interface LoadedModel {
  readonly card: ModelCard;
  readonly backend: InferenceBackend;
  /** Runs the graph. Feeds are by tensor name. @throws ModelError MODEL_FAILED */
  run(feeds: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>>;
}

export interface OnnxModelNode extends Node {
  /** The model in service, or null while it loads or because it can't be loaded. */
  readonly model: LoadedModel | null;
  /** Why there is no model; null while loading or serving. */
  readonly problem: Error | null;
  /** Calls back when `model` or `problem` changed. Returns the way to stop it. */
  onChange(listener: () => void): () => void;
}
