/** What the inference nodes see of an `onnx-model` node. */
import type { Node } from 'node-red';
import type { ModelKind } from './messages.js';
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
  /** Most rows of one run for which each row gets what it gets alone, bit for bit. */
  readonly batch: number;
  /** Runs the graph. Feeds are by tensor name. @throws ModelError MODEL_FAILED */
  run(feeds: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>>;
  /**
   * Keeps the session until the function that it returns is called, so that a prediction of several runs ends on the model
   * it began with. Absent where models are not swapped.
   */
  lease?(): () => void;
}

/** What happened to the files of a model while it served. */
export type ModelNews =
  | {
      readonly event: 'model:reloaded';
      readonly kind: ModelKind;
      readonly model: string;
      readonly version: string;
      readonly backend: InferenceBackend;
      readonly previous: { readonly model: string; readonly version: string };
    }
  | {
      /** `model` and `version` are those that go on serving. */
      readonly event: 'model:refused';
      readonly kind: ModelKind;
      readonly model: string;
      readonly version: string;
      readonly code: string;
      readonly reason: string;
    };

export interface OnnxModelNode extends Node {
  /** The model in service, or null while it loads or because it can't be loaded. */
  readonly model: LoadedModel | null;
  /** Why there is no model; null while loading or serving. */
  readonly problem: Error | null;
  /** Calls back when `model` or `problem` changed. Returns the way to stop it. */
  onChange(listener: () => void): () => void;
  /** Calls back when the files of the serving model were replaced. Returns the way to stop it. */
  onNews(listener: (news: ModelNews) => void): () => void;
  /** Has a new model looked at before it takes over; `check` throws when it can't be worked with. Returns the way to stop. */
  vet(check: (card: ModelCard) => void): () => void;
}
