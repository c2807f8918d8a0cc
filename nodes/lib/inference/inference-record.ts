import type { CastMs } from '../clock.js';
import type {
  Contribution,
  EnsemblePrediction,
  ModelKind,
  PipelineMessage,
  Prediction,
} from '../messages.js';
import type { ShadowPrediction } from './shadow-model.js';
import type { InferenceRecord } from './inference-log-file.js';

/** Contributions in a log line: the first tell why, the rest is in the message. */
const LOGGED_CONTRIBUTIONS = 5;

export function predictionRecord(message: PipelineMessage<Prediction>): InferenceRecord {
  const { kind, probability, model, version, latencyMs, contributions, reason } = message.payload;
  return {
    ...instantOf(message),
    kind,
    probability,
    model,
    version,
    latencyMs: Math.round(1000 * latencyMs) / 1000,
    ...(contributions === undefined ? {} : { contributions: firstOf(contributions) }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** What a candidate said: told apart from the model in service by `shadow`. */
export function shadowRecord(
  { message, card, probability, difference, reason }: ShadowPrediction,
  kind: ModelKind,
): InferenceRecord {
  return {
    ...instantOf(message),
    ...{ kind, shadow: true, probability, difference, model: card.name, version: card.version },
    ...(reason === undefined ? {} : { reason }),
  };
}

export function ensembleRecord(message: PipelineMessage<EnsemblePrediction>): InferenceRecord {
  const { probability, method, agreement, degraded, rules, fallback, confidence } = message.payload;
  const said = {
    probability,
    method,
    agreement,
    degraded,
    rules: rules?.score ?? null,
    fallback,
    confidence,
  };
  return { ...instantOf(message), kind: 'ensemble', ...said };
}

function instantOf({
  topic,
  timestamp,
  cast,
}: PipelineMessage): Pick<InferenceRecord, 'castTime' | 'strand' | 'cast'> {
  return { castTime: isoTime(timestamp), strand: topic, cast: cast?.castId ?? null };
}

/** The calendar of ECMAScript ends 8.64e15 ms from the epoch. */
const isoTime = (timestamp: CastMs): string | null =>
  Math.abs(timestamp) <= 8.64e15 ? new Date(timestamp).toISOString() : null;

const firstOf = (contributions: readonly Contribution[]): readonly Contribution[] =>
  contributions.slice(0, LOGGED_CONTRIBUTIONS);
