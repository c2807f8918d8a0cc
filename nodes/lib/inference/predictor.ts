import { ModelError, shown } from '../errors.js';
import type { PipelineMessage, Prediction } from '../messages.js';
import type { LoadedModel, TensorData } from '../model-node.js';

/** What a model says of one instant. All but the probability is only said from `explainFrom` on. */
export interface Said extends Pick<
  Prediction,
  'contributions' | 'explainedAt' | 'mechanisms' | 'attention' | 'context'
> {
  readonly probability: number;
}

/** What the configuration says about predicting. */
export interface PredictorSettings {
  /** Contributions kept, largest first; 0 = none. */
  readonly explain: number;
  /** Probability from which a prediction is explained. */
  readonly explainFrom: number;
  /** s of cast time for which contributions that cost further runs are good; 0 = they are made anew at each instant. */
  readonly explainEvery: number;
  /** s between two steps of a sequence. */
  readonly step: number;
  /** Strands whose explanations are remembered. */
  readonly maxStrands: number;
}

/** One instant of a strand: what of its message a model looks at. */
export type Instant<Payload> = Pick<PipelineMessage<Payload>, 'topic' | 'timestamp' | 'cast' | 'payload'>;

/** Runs that are still needed before an instant can be spoken of. One of `next` (to its end) and `drop` must be called. */
export interface Explaining {
  /** One more run, short enough for the event loop. @returns true after the last one */
  next(): Promise<boolean>;
  /** There will be no further run. */
  drop(): void;
}

/** What a run gave for one instant. */
export interface Answer<Word> {
  /** Null when the word is complete. */
  readonly explaining: Explaining | null;
  /** The word. Asked once, after everything that the model says of the strand's earlier instants. */
  say(): Word;
}

/** What a run gave for several instants. Asked for each once, in the order of runs; then ended. */
export interface Answers<Word> {
  /** @throws what kept the model from speaking of this one */
  at(index: number): Answer<Word>;
  end(): void;
}

/** A model tied to the payloads of its kind. What it says of an instant does not depend on what shares the run with it. */
export interface Predictor<Payload> {
  /** Most instants in one run. */
  readonly batch: number;
  /**
   * Looks whether the model can take such a payload.
   * @throws ModelError FEATURE_MISSING when it lacks an input, MessageError when it is no such payload
   */
  check(payload: Payload): void;
  /** @throws ModelError MODEL_FAILED */
  run(instants: readonly Instant<Payload>[]): Promise<Answers<Said>>;
}

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
