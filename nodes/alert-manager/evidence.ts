import type { AlarmSource } from '../lib/alarm.js';
import type { CastMs } from '../lib/clock.js';
import { MessageError, shown } from '../lib/errors.js';
import { pipelineMessage } from '../lib/messages.js';

/** What a message says about a strand's risk. */
export interface Evidence {
  readonly strand: string;
  readonly castId: string;
  readonly heat: string | null;
  readonly grade: string | null;
  readonly positionM: number | null;
  readonly at: CastMs;
  /** 0..1; null when no model could say: no evidence either way. */
  readonly risk: number | null;
  /** The prediction itself, for the reasons it gives. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * Reads the evidence in a message, or null when it is a prediction that `source` doesn't ask for.
 * What decides (strand, time, cast, probability) must be as the contract says; what only explains is left out when it isn't.
 * @throws MessageError naming the property, what was expected and what came
 */
export function evidenceFrom(msg: object, source: AlarmSource): Evidence | null {
  const { topic, timestamp, payload } = pipelineMessage<Record<string, unknown>>(msg);
  if (topic.length > LONGEST_NAME) throw tooLong('msg.topic', topic);
  if (sourceOf(payload) !== source) return null;
  const cast = castOf((msg as Record<string, unknown>).cast);
  return {
    strand: topic,
    castId: castIdOf(cast),
    heat: textOrNull(cast.heat),
    grade: textOrNull(cast.grade),
    positionM: Number.isFinite(cast.position) ? (cast.position as number) : null,
    at: timestamp,
    risk: riskOf(payload.probability),
    payload,
  };
}

/** A prediction of one model says its `kind`; anything else is taken for the ensemble's. */
function sourceOf({ kind }: Readonly<Record<string, unknown>>): AlarmSource {
  if (kind === undefined) return 'ensemble';
  if (kind === 'baseline' || kind === 'sequence') return kind;
  throw new MessageError(
    'MESSAGE_INVALID',
    `msg.payload.kind: expected "baseline" or "sequence", got ${shown(kind)}. Leave it out for a risk of your own.`,
  );
}

function riskOf(probability: unknown): number | null {
  if (probability === null) return null;
  if (typeof probability === 'number' && probability >= 0 && probability <= 1) return probability;
  throw new MessageError(
    'MESSAGE_INVALID',
    `msg.payload.probability: expected a number 0..1 or null, got ${shown(probability)}. Wire the ensemble node to this input.`,
  );
}

function castOf(cast: unknown): Readonly<Record<string, unknown>> {
  if (cast === undefined || cast === null) return {};
  if (typeof cast === 'object' && !Array.isArray(cast)) return cast as Record<string, unknown>;
  throw new MessageError(
    'MESSAGE_INVALID',
    `msg.cast: expected an object such as {"castId": "..."}, got ${shown(cast)}. Leave it out when there is no cast.`,
  );
}

function castIdOf({ castId }: Readonly<Record<string, unknown>>): string {
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
