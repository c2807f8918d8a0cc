/** What the predictions behind a risk say to explain themselves; anything that isn't as the contract says is left out. */
import type { Attention, ModelKind, NormalRange } from '../lib/messages.js';

export interface KnownContribution {
  readonly feature: string;
  readonly value: number | null;
  readonly contribution: number;
  readonly normal: NormalRange | null;
}

export interface Explained {
  readonly kind: ModelKind;
  /** `name version`; null for a model without a name. */
  readonly model: string | null;
  readonly hasSpoken: boolean;
  /** Share of the model in the ensemble, 0..1; 1 for a model alone. */
  readonly weight: number;
  readonly contributions: readonly KnownContribution[];
  readonly mechanisms: Readonly<Record<string, number>> | null;
  readonly attention: Attention | null;
  readonly context: Readonly<Record<string, number>>;
}

type Unchecked = Readonly<Record<string, unknown>>;

/** The predictions in the ensemble's payload, or a single model's own. */
export function explainedIn(payload: Unchecked): readonly Explained[] {
  if (isKind(payload.kind)) return [explained(payload.kind, payload, 1)];
  const weights = isObject(payload.weights) ? payload.weights : {};
  const weightOf = (kind: ModelKind): number => (isNumber(weights[kind]) ? Math.max(0, weights[kind]) : 1);
  const spoken = (['baseline', 'sequence'] as const).flatMap((kind) => {
    const prediction = payload[kind];
    return isObject(prediction) ? [{ kind, prediction }] : [];
  });
  // Of models that are silent the weight goes to the others, as in the ensemble.
  const total = spoken
    .filter(({ prediction }) => isNumber(prediction.probability))
    .reduce((sum, { kind }) => sum + weightOf(kind), 0);
  return spoken.map(({ kind, prediction }) =>
    explained(kind, prediction, total > 0 ? weightOf(kind) / total : 1),
  );
}

/** What the predictions tell beside their contributions. */
export const contextOf = (models: readonly Explained[]): Readonly<Record<string, number>> =>
  Object.fromEntries(models.flatMap(({ context }) => Object.entries(context)));

function explained(kind: ModelKind, prediction: Unchecked, weight: number): Explained {
  const { model, version, probability } = prediction;
  return {
    kind,
    model: isName(model) ? (isName(version) ? `${model} ${version}` : model) : null,
    hasSpoken: isNumber(probability),
    weight,
    contributions: contributionsOf(prediction.contributions),
    mechanisms: numbersIn(prediction.mechanisms, MOST_MECHANISMS),
    attention: attentionOf(prediction.attention),
    context: numbersIn(prediction.context, MOST_CONTEXT) ?? {},
  };
}

function contributionsOf(contributions: unknown): KnownContribution[] {
  if (!Array.isArray(contributions)) return [];
  return contributions
    .filter(isObject)
    .flatMap(({ feature, value, contribution, normal }) =>
      isName(feature) && isNumber(contribution)
        ? [{ feature, value: isNumber(value) ? value : null, contribution, normal: normalOf(normal) }]
        : [],
    );
}

function normalOf(normal: unknown): NormalRange | null {
  if (!isObject(normal)) return null;
  const { low, high, grade } = normal;
  return isNumber(low) && isNumber(high) && isName(grade) ? { low, high, grade } : null;
}

function attentionOf(attention: unknown): Attention | null {
  if (!isObject(attention)) return null;
  const { partS, weights } = attention;
  if (!isNumber(partS) || !(partS > 0) || !Array.isArray(weights)) return null;
  if (weights.length === 0 || weights.length > MOST_PARTS || !weights.every(isNumber)) return null;
  return { partS, weights: weights };
}

function numbersIn(object: unknown, most: number): Readonly<Record<string, number>> | null {
  if (!isObject(object)) return null;
  const entries = Object.entries(object).filter(
    (entry): entry is [string, number] => isName(entry[0]) && isNumber(entry[1]),
  );
  return entries.length === 0 || entries.length > most ? null : Object.fromEntries(entries);
}

/** Longer ones are no names, and would be kept with the alarm. */
const LONGEST_NAME = 200;
const MOST_MECHANISMS = 100;
const MOST_CONTEXT = 2000;
const MOST_PARTS = 1000;

const isKind = (value: unknown): value is ModelKind => value === 'baseline' || value === 'sequence';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isName = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_NAME;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
