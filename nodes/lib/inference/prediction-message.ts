import type { ModelKind, PipelineMessage, Prediction } from '../messages.js';
import type { ModelCard } from '../model-card.js';
import type { Outcome } from './inference-line.js';
import type { Said } from './predictor.js';

/** What the model said, or why it said nothing, in the envelope of the message it was asked with. */
export function predictionMessage(
  message: PipelineMessage,
  kind: ModelKind,
  card: Pick<ModelCard, 'name' | 'version'> | null,
  { said, error, latencyMs }: Outcome<Said>,
): PipelineMessage<Prediction> {
  const about = { kind, model: card?.name ?? '', version: card?.version ?? '', latencyMs };
  const payload: Prediction =
    error === null ? { ...said, ...about } : { probability: null, ...about, reason: error.message };
  return { ...message, payload };
}
