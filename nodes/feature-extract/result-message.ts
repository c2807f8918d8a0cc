import type { PipelineMessage } from '../lib/messages.js';

/** What was computed, in the envelope of the reading that crossed the instant. Timings of its own: each branch adds to them. */
export function resultMessage<Result>(reading: PipelineMessage, payload: Result): PipelineMessage<Result> {
  const { entry, stages } = reading.timings;
  return { ...reading, payload, timings: { entry, stages: { ...stages } } };
}
