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

/** Where the result of an instant is found. */
type Place = { readonly outputs: Outputs; readonly row: number } | { readonly error: Error };

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
    const errors = new Map<number, Error>();
    let count = 0;
    for (let i = 0; i < instants.length; i++) {
      try {
        rows.put(count, instants[i]!.payload);
        count++;
      } catch (err) {
        errors.set(i, asError(err));
      }
    }
    const placeOf = await this.runRows(rows, count);
    this.pool.give(rows);
    return {
      at: (index) => {
        const error = errors.get(index);
        const place = error === undefined ? placeOf(index - countBelow(errors, index)) : { error };
        return this.answer(place, instants[index]!);
      },
      end: () => end?.(),
    };
  }

  /** Never rejects. A run that fails is tried again row by row: one strand's numbers must not silence the others. */
  private async runRows(rows: Rows<Payload>, count: number): Promise<(row: number) => Place> {
    if (count === 1) {
      const place = await this.runRow(rows, 0);
      return () => place;
    }
    try {
      const outputs = count === 0 ? {} : await this.model.run(rows.feeds(0, count));
      return (row) => ({ outputs, row });
    } catch {
      const places: Place[] = [];
      for (let row = 0; row < count; row++) places.push(await this.runRow(rows, row));
      return (row) => places[row]!;
    }
  }

  private async runRow(rows: Rows<Payload>, row: number): Promise<Place> {
    try {
      return { outputs: await this.model.run(rows.feeds(row, 1)), row: 0 };
    } catch (err) {
      return { error: asError(err) };
    }
  }

  private answer(place: Place, instant: Instant<Payload>): Answer<Said> {
    if ('error' in place) throw place.error;
    const { outputs, row } = place;
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

/** Instants before this one that got no row. */
function countBelow(errors: ReadonlyMap<number, Error>, index: number): number {
  let count = 0;
  for (const place of errors.keys()) if (place < index) count++;
  return count;
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
