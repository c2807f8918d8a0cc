import type { EnsemblePrediction, PipelineMessage } from '../lib/messages.js';
import type { Pair } from './pairing.js';

/** The message for a pair: the envelope of the one that came, with the timings of both branches. */
export function ensembleMessage(
  pair: Pair,
  payload: EnsemblePrediction,
): PipelineMessage<EnsemblePrediction> {
  const envelope = (pair.baseline ?? pair.sequence)!;
  const stages = { ...pair.baseline?.timings.stages, ...pair.sequence?.timings.stages };
  return { ...envelope, payload, timings: { entry: envelope.timings.entry, stages } };
}
