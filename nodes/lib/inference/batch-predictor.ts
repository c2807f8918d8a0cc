import { asError } from '../errors.js';
import type { Contribution } from '../messages.js';
import type { LoadedModel, TensorData } from '../model-node.js';
import { ExplanationPlan, type Explanation } from './explanation-plan.js';
import { HiddenColumns } from './hidden-columns.js';
import { Pool } from './pool.js';
import {
  probabilityIn,
  type Answer,
  type Answers,
  type Instant,
  type Predictor,
  type PredictorSettings,
  type Said,
} from './predictor.js';
import { topContributions, type Facts } from './top-contributions.js';

export type Outputs = Readonly<Record<string, TensorData>>;

/** The input of a run: room for `batch` payloads. */
export interface Rows<Payload> {
  /** Writes a payload into a row. @throws ModelError FEATURE_MISSING, MessageError */
  put(row: number, payload: Payload): void;
  /** Makes copies of row 0 and hides input `from + i` in row i, as if it had not been measured. */
  hideEach(from: number, count: number): void;
  /** Some of the rows as tensors, not copied. */
  feeds(from: number, count: number): Outputs;
}

/** What the kinds of models differ in. */
export interface KindOfModel<Payload> {
  makeRows(count: number): Rows<Payload>;
  /** What row `row` of the outputs tells beside the probability. */
  reasonsIn(outputs: Outputs, row: number, instant: Instant<Payload>): Omit<Said, 'probability'>;
  /** What is known of the inputs of an instant, beside the model. */
  factsOf(instant: Instant<Payload>): Facts;
  /** Whether contributions must be found by hiding inputs, for the graph tells none. */
  readonly hidesInputs: boolean;
}

/** Where the result of an instant is found, unless there is an error in its place. */
interface Place {
  outputs: Outputs;
  row: number;
  error: Error | null;
}

/** Asks a model about several instants in one run, and explains those that need it by further runs. */
export class BatchPredictor<Payload> implements Predictor<Payload> {
  readonly batch: number;
  private readonly pool: Pool<Rows<Payload>>;
  private readonly plan: ExplanationPlan;

  constructor(
    private readonly model: LoadedModel,
    private readonly settings: PredictorSettings,
    private readonly kind: KindOfModel<Payload>,
  ) {
    this.batch = model.batch;
    this.pool = new Pool(() => kind.makeRows(model.batch));
    this.plan = new ExplanationPlan(settings.explainEvery, settings.maxStrands);
  }

  check(payload: Payload): void {
    const rows = this.pool.take();
    try {
      rows.put(0, payload);
    } finally {
      this.pool.give(rows);
    }
  }

  async run(instants: readonly Instant<Payload>[]): Promise<Answers<Said>> {
    const end = this.model.lease?.();
    const rows = this.pool.take();
    const places = instants.map((): Place => ({ outputs: {}, row: 0, error: null }));
    const filled: Place[] = [];
    for (let i = 0; i < instants.length; i++) {
      try {
        rows.put(filled.length, instants[i]!.payload);
        places[i]!.row = filled.length;
        filled.push(places[i]!);
      } catch (err) {
        places[i]!.error = asError(err);
      }
    }
    try {
      const outputs = filled.length === 0 ? {} : await this.model.run(rows.feeds(0, filled.length));
      for (const place of filled) place.outputs = outputs;
    } catch (err) {
      if (filled.length === 1) filled[0]!.error = asError(err);
      // One strand's numbers must not silence the others.
      else for (const place of filled) await this.runAlone(rows, place);
    }
    this.pool.give(rows);
    return {
      at: (index) => this.answer(places[index]!, instants[index]!),
      end: () => end?.(),
    };
  }

  private async runAlone(rows: Rows<Payload>, place: Place): Promise<void> {
    try {
      place.outputs = await this.model.run(rows.feeds(place.row, 1));
      place.row = 0;
    } catch (err) {
      place.error = asError(err);
    }
  }

  private answer(place: Place, instant: Instant<Payload>): Answer<Said> {
    const { outputs, row, error } = place;
    if (error !== null) throw error;
    const { explain, explainFrom } = this.settings;
    const probability = probabilityIn(outputs, this.model.card.output.probability, row);
    if (probability < explainFrom) return { explaining: null, say: () => ({ probability }) };
    const said = { probability, ...this.kind.reasonsIn(outputs, row, instant) };
    if (explain === 0 || !this.kind.hidesInputs) return { explaining: null, say: () => said };
    const { explanation, isNew } = this.plan.visit(instant, probability);
    const explaining = isNew ? this.explainer(instant, probability, explanation) : null;
    return { explaining, say: () => ({ ...said, ...carried(explanation, instant) }) };
  }

  private explainer(
    instant: Instant<Payload>,
    probability: number,
    explanation: Explanation,
  ): HiddenColumns<Payload> {
    const { model, pool, kind, settings } = this;
    return new HiddenColumns({
      ...{ model, pool, probability, payload: instant.payload },
      finish: (shares) => {
        if (shares === null) return this.plan.forget(instant.topic, explanation);
        const { names } = model.card.input;
        explanation.contributions = topContributions(names, shares, settings.explain, kind.factsOf(instant));
      },
    });
  }
}

/** What an instant says of an explanation. A copy: who gets a message may write into it. */
function carried(
  { contributions, at }: Explanation,
  { timestamp }: Instant<unknown>,
): Pick<Said, 'contributions' | 'explainedAt'> {
  if (contributions === undefined) return {};
  const copies = contributions.map((one): Contribution => ({ ...one }));
  return at === timestamp ? { contributions: copies } : { contributions: copies, explainedAt: at };
}
