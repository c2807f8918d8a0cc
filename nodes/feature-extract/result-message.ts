import type { PipelineMessage } from '../lib/messages.js';
import type { Judgement } from './feature-engine.js';

/**
 * What was computed, and what is said of the instant beside it, in the envelope of the reading that crossed the instant.
 * Timings of its own: each branch adds to them.
 */
export function resultMessage<Result>(
  reading: PipelineMessage,
  payload: Result,
  { process, rules, confidence, warmUp }: Judgement,
): PipelineMessage<Result> {
  const { entry, stages } = reading.timings;
  const result = {
    ...reading,
    payload,
    process,
    rules,
    confidence,
    timings: { entry, stages: { ...stages } },
  };
  return warmUp === undefined ? result : { ...result, warmUp };
}
