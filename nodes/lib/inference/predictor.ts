import { ModelError, shown } from '../errors.js';
import type { Prediction } from '../messages.js';
import type { LoadedModel, TensorData } from '../model-node.js';

/** What a model says of one instant. All but the probability is only said from `explainFrom` on. */
export interface Said extends Pick<Prediction, 'contributions' | 'mechanisms' | 'attention' | 'context'> {
  readonly probability: number;
}

/** What the configuration says about predicting. */
export interface PredictorSettings {
  /** Contributions kept, largest first; 0 = none. */
  readonly explain: number;
  /** Probability from which a prediction is explained. */
  readonly explainFrom: number;
  /** s between two steps of a sequence. */
  readonly step: number;
}

/**
 * A model tied to the payloads of its kind. The grade, where it is known, tells what is normal.
 * @throws ModelError FEATURE_MISSING when the payload lacks an input, MessageError when it is no such payload, both before
 * anything runs; the promise fails with MODEL_FAILED
 */
export type Predictor<Payload> = (payload: Payload, grade?: string) => Promise<Said>;

/** @throws ModelError MODEL_INVALID when the model's card doesn't fit */
export type MakePredictor<Payload> = (model: LoadedModel, settings: PredictorSettings) => Predictor<Payload>;

/** The probability in row `row` of a graph's output. @throws ModelError MODEL_FAILED when it is none */
export function probabilityIn(
  outputs: Readonly<Record<string, TensorData>>,
  name: string,
  row: number,
): number {
  const value = Number(outputs[name]?.data[row]);
  if (value >= 0 && value <= 1) return value;
  throw new ModelError(
    'MODEL_FAILED',
    `output "${name}": expected a probability 0..1, got ${shown(String(value))}.`,
  );
}

/** The error for inputs that a message lacks, naming the first of them. */
export function missingInputs(
  kind: string,
  missing: readonly string[],
  total: number,
  advice: string,
): ModelError {
  const named = missing.slice(0, 5).join(', ');
  const more = missing.length > 5 ? ` and ${missing.length - 5} more` : '';
  return new ModelError(
    'FEATURE_MISSING',
    `the model needs ${total} ${kind}, the message lacks ${missing.length}: ${named}${more}. ${advice}`,
  );
}
