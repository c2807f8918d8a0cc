import type { CastMs } from '../lib/clock.js';
import { MessageError, shown } from '../lib/errors.js';
import { pipelineMessage, type ModelKind } from '../lib/messages.js';
import { PROCESS_STATES, type ProcessState } from '../lib/process-state.js';
import type { QualityBySensor } from '../lib/quality.js';
import type { RuleAssessment, RuleFinding } from '../lib/rules/rule-assessment.js';

/** What a message says about a strand, or about the health of the system. */
export interface Evidence {
  readonly strand: string;
  readonly castId: string;
  readonly heat: string | null;
  readonly grade: string | null;
  readonly positionM: number | null;
  readonly at: CastMs;
  readonly kind: 'ensemble' | ModelKind | 'reading' | 'health';
  /** 0..1; null when no model could say (no evidence either way), or when the message is about no risk. */
  readonly risk: number | null;
  /** In an ensemble's prediction: what each model said; a model that is not in it is left out. */
  readonly riskOf: Readonly<Partial<Record<ModelKind, number | null>>>;
  /** The word of the deterministic rules; null when the message has none. */
  readonly rules: RuleAssessment | null;
  readonly quality: QualityBySensor | null;
  /** What the caster is doing; null when the message doesn't say. */
  readonly process: readonly ProcessState[] | null;
  readonly health: { readonly status: string; readonly reasons: readonly string[] } | null;
  /** The payload itself, for the reasons it gives. */
  readonly payload: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the evidence in a message: a prediction (ensemble or one model's), a reading with the quality of its sensors, or the
 * health that perf-monitor tells.
 * What decides (strand, time, cast, probability) must be as the contract says; what only explains is left out when it isn't.
 * @throws MessageError naming the property, what was expected and what came
 */
export function evidenceFrom(msg: object): Evidence {
  const { topic, timestamp, payload } = pipelineMessage<Record<string, unknown>>(msg);
  if (topic.length > LONGEST_NAME) throw tooLong('msg.topic', topic);
  const fields = msg as Fields;
  const cast = castOf(fields.cast);
  const kind = kindOf(payload, fields);
  const isRisk = kind !== 'reading' && kind !== 'health';
  return {
    strand: topic,
    castId: castIdOf(cast),
    heat: textOrNull(cast.heat),
    grade: textOrNull(cast.grade),
    positionM: Number.isFinite(cast.position) ? (cast.position as number) : null,
    at: timestamp,
    kind,
    risk: isRisk ? riskOf(payload.probability) : null,
    riskOf: kind === 'ensemble' ? risksIn(payload) : {},
    rules: rulesIn(payload.rules) ?? rulesIn(fields.rules),
    quality: isObject(fields.quality) ? (fields.quality as QualityBySensor) : null,
    process: statesIn(fields.process),
    health: kind === 'health' ? healthIn(payload.health as Fields) : null,
    payload,
  };
}

/** A prediction of one model says its `kind`; anything else with a probability is taken for the ensemble's. */
function kindOf({ kind, probability, health }: Fields, { quality }: Fields): Evidence['kind'] {
  if (probability === undefined) {
    if (isObject(health) && typeof health.status === 'string') return 'health';
    if (isObject(quality)) return 'reading';
  }
  if (kind === undefined) return 'ensemble';
  if (kind === 'baseline' || kind === 'sequence') return kind;
  throw new MessageError(
    'MESSAGE_INVALID',
    `msg.payload.kind: expected "baseline" or "sequence", got ${shown(kind)}. Leave it out for a risk of your own.`,
  );
}

const isProbability = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= 1;

function riskOf(probability: unknown): number | null {
  if (probability === null || isProbability(probability)) return probability;
  throw new MessageError(
    'MESSAGE_INVALID',
    `msg.payload.probability: expected a number 0..1 or null, got ${shown(probability)}. Wire the ensemble node to this input.`,
  );
}

function risksIn(payload: Fields): Evidence['riskOf'] {
  const risks: Partial<Record<ModelKind, number | null>> = {};
  for (const model of ['baseline', 'sequence'] as const) {
    const prediction = payload[model];
    if (!isObject(prediction)) continue;
    risks[model] = isProbability(prediction.probability) ? prediction.probability : null;
  }
  return risks;
}

function rulesIn(rules: unknown): RuleAssessment | null {
  if (!isObject(rules) || !Array.isArray(rules.findings)) return null;
  const { score, findings } = rules;
  if (score !== null && !isProbability(score)) return null;
  return { score, findings: findings.filter(isFinding) };
}

const isFinding = (finding: unknown): finding is RuleFinding =>
  isObject(finding) &&
  isProbability(finding.score) &&
  [finding.rule, finding.label].every((name) => typeof name === 'string' && name.length <= LONGEST_NAME);

function statesIn(process: unknown): readonly ProcessState[] | null {
  if (!isObject(process) || !Array.isArray(process.states)) return null;
  const names: unknown[] = process.states.map((state: unknown) => (isObject(state) ? state.state : null));
  return PROCESS_STATES.filter((state) => names.includes(state));
}

function healthIn({ status, reasons }: Fields): NonNullable<Evidence['health']> {
  const words = Array.isArray(reasons) ? reasons : [];
  return {
    status: String(status),
    reasons: words.flatMap((reason: unknown) =>
      isObject(reason) && typeof reason.message === 'string' ? [reason.message.slice(0, LONGEST_NAME)] : [],
    ),
  };
}

function castOf(cast: unknown): Fields {
  if (cast === undefined || cast === null) return {};
  if (isObject(cast)) return cast;
  throw new MessageError(
    'MESSAGE_INVALID',
    `msg.cast: expected an object such as {"castId": "..."}, got ${shown(cast)}. Leave it out when there is no cast.`,
  );
}

function castIdOf({ castId }: Fields): string {
  if (castId === undefined || castId === null) return '';
  if (typeof castId === 'string' && castId.length > LONGEST_NAME) throw tooLong('msg.cast.castId', castId);
  if (typeof castId === 'string') return castId;
  throw new MessageError(
    'MESSAGE_INVALID',
    `msg.cast.castId: expected a text, got ${shown(castId)}. Set it to the name of the cast.`,
  );
}

/** Names are kept with each alarm, in memory and on the disk; more is a payload in the wrong property. */
const LONGEST_NAME = 200;

const tooLong = (property: string, text: string): MessageError =>
  new MessageError(
    'MESSAGE_INVALID',
    `${property}: expected a name of at most ${LONGEST_NAME} characters, got ${text.length}: ${shown(text)}.`,
  );

const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= LONGEST_NAME ? value : null;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
