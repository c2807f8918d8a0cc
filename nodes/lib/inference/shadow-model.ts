import { asError, ModelError } from '../errors.js';
import type { PipelineMessage, Prediction } from '../messages.js';
import type { ModelCard } from '../model-card.js';
import type { OnnxModelNode } from '../model-node.js';
import { predictAlone } from './predict-alone.js';
import type { MakePredictor, Predictor, PredictorSettings } from './predictor.js';
import { ShadowTally, type ShadowFigures } from './shadow-tally.js';

/** Instants that may wait for the candidate; it must never hold up the model in service. */
const MAX_PENDING = 64;

/** What the candidate said of an instant. */
export interface ShadowPrediction {
  readonly message: PipelineMessage;
  readonly card: Pick<ModelCard, 'name' | 'version'>;
  readonly probability: number | null;
  /** Candidate minus model in service; null when one of them was silent. */
  readonly difference: number | null;
  readonly reason?: string;
}

export interface ShadowReport extends ShadowFigures {
  readonly model: string | null;
  readonly version: string | null;
  /** Why the candidate does not run; null when it does. */
  readonly problem: string | null;
}

/**
 * A candidate beside the model in service: it is asked the same, after the other has spoken, and what it says is told to
 * `tell` and counted, and goes nowhere else. A candidate that changes is counted anew.
 */
export class ShadowModel<Payload> {
  private serving: { readonly card: ModelCard; readonly predictor: Predictor<Payload> } | null = null;
  private problem: Error | null = null;
  private tally = new ShadowTally();
  private pending = 0;

  constructor(
    private readonly node: Pick<OnnxModelNode, 'model' | 'problem'>,
    private readonly makePredictor: MakePredictor<Payload>,
    private readonly tell: (said: ShadowPrediction) => void,
  ) {}

  /** After every change of the candidate or of the settings. @returns why it can't run; null when it can or still loads */
  renew(settings: PredictorSettings): Error | null {
    const { model } = this.node;
    this.serving = null;
    this.tally = new ShadowTally();
    this.problem = this.node.problem;
    if (model === null) return this.problem;
    try {
      // Explanations are for alarms, and a candidate raises none.
      const predictor = this.makePredictor(model, { ...settings, explain: 0, explainFrom: 1 });
      this.serving = { card: model.card, predictor };
    } catch (err) {
      this.problem = asError(err);
    }
    return this.problem;
  }

  /** Asks the candidate what the model in service has just answered. Never throws, never rejects. */
  follow(message: PipelineMessage<Payload>, { probability }: Pick<Prediction, 'probability'>): void {
    const { serving, tally } = this;
    if (serving === null) return;
    if (this.pending >= MAX_PENDING) {
      tally.skipped++;
      return;
    }
    this.pending++;
    const { card } = serving;
    predictAlone(serving.predictor, message)
      .then(
        ({ probability: candidate }) => {
          if (probability !== null) tally.compare(probability, candidate);
          const difference = probability === null ? null : candidate - probability;
          this.tell({ message, card, probability: candidate, difference });
        },
        (err: unknown) => {
          tally.silent++;
          const reason = asError(err).message;
          this.tell({ message, card, probability: null, difference: null, reason });
        },
      )
      .finally(() => this.pending--);
  }

  report(): ShadowReport {
    const { name = null, version = null } = this.serving?.card ?? {};
    const problem = this.problem?.message ?? null;
    return { model: name, version, problem, ...this.tally.figures() };
  }
}

/** The error for a node whose candidate is the model in service itself. */
export const noCandidate = (): ModelError =>
  new ModelError(
    'MODEL_INVALID',
    'the candidate is the model in service: choose another onnx-model as Candidate.',
  );
