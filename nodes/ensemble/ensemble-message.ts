import type { CastMs } from '../lib/clock.js';
import { MessageError, shown } from '../lib/errors.js';
import {
  pipelineMessage,
  type EnsemblePrediction,
  type PipelineMessage,
  type Prediction,
} from '../lib/messages.js';
import { combine, type CombineSettings } from './combine.js';
import type { Pair } from './pairing.js';

/** The prediction in a message. @throws MessageError naming the property, what was expected and what came */
export function predictionIn(msg: object): PipelineMessage<Prediction> {
  const message = pipelineMessage<Prediction>(msg);
  const { kind, probability } = message.payload;
  if (kind !== 'baseline' && kind !== 'sequence') {
    throw new MessageError(
      'MESSAGE_INVALID',
      `msg.payload.kind: expected "baseline" or "sequence", got ${shown(kind)}. Wire baseline-infer and ` +
        'sequence-infer to this node.',
    );
  }
  if (probability !== null && !(typeof probability === 'number' && probability >= 0 && probability <= 1)) {
    throw new MessageError(
      'MESSAGE_INVALID',
      `msg.payload.probability: expected 0..1 or null, got ${shown(probability)}.`,
    );
  }
  return message;
}

/** Both predictions of a pair as one, with the rules and the confidence that came along with either. */
export function combinePair({ baseline, sequence }: Pair, settings: CombineSettings): EnsemblePrediction {
  return combine(baseline?.payload ?? null, sequence?.payload ?? null, settings, {
    rules: baseline?.rules ?? sequence?.rules ?? null,
    confidence: baseline?.confidence ?? sequence?.confidence ?? 1,
  });
}

/** The message for a pair: the envelope of the one that came, with the timings of both branches. */
export function ensembleMessage(
  pair: Pair,
  payload: EnsemblePrediction,
): PipelineMessage<EnsemblePrediction> {
  const envelope = (pair.baseline ?? pair.sequence)!;
  const stages = { ...pair.baseline?.timings?.stages, ...pair.sequence?.timings?.stages };
  return { ...envelope, payload, timings: { ...envelope.timings, stages } };
}

/** What is kept of an ensemble prediction, for requests. */
export interface PastRisk {
  readonly timestamp: CastMs;
  readonly castId: string;
  readonly probability: number | null;
  readonly baseline: number | null;
  readonly sequence: number | null;
  readonly agreement: number | null;
  readonly degraded: boolean;
  /** Score of the rules; null when there was none. */
  readonly rules: number | null;
  readonly fallback: boolean;
  readonly confidence: number;
}

export function pastRisk({ timestamp, cast, payload }: PipelineMessage<EnsemblePrediction>): PastRisk {
  const { probability, agreement, degraded, fallback, confidence } = payload;
  return {
    timestamp,
    castId: cast?.castId ?? '',
    probability,
    baseline: payload.baseline?.probability ?? null,
    sequence: payload.sequence?.probability ?? null,
    agreement,
    degraded,
    rules: payload.rules?.score ?? null,
    fallback,
    confidence,
  };
}
