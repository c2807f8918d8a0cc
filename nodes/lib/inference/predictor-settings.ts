import type { StrandWatchConfig } from '../config/schema.js';
import type { ModelKind } from '../messages.js';
import type { PredictorSettings } from './predictor.js';

/** What the configuration says about predicting with models of a kind. */
export function predictorSettings(
  { models, features, streaming }: StrandWatchConfig,
  kind: ModelKind,
): PredictorSettings {
  const { explain, explain_from: explainFrom, explain_every: explainEvery } = models[kind];
  const { step } = features.sequence;
  return { explain, explainFrom, explainEvery, step, maxStrands: streaming.max_strands };
}
