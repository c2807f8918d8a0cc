import { castMs, type Clock } from '../lib/clock.js';
import { pipelineMessage, type CastInfo, type PipelineMessage, type Reading } from '../lib/messages.js';

/**
 * A reading as the contract wants it, from whatever the flow sent: plant data often knows of no cast and no timings.
 * The same object, completed. @throws MessageError naming what is wrong with `topic`, `timestamp` or `payload`
 */
export function readingFrom(msg: object, clock: Clock): PipelineMessage<Reading> {
  const message = pipelineMessage<Reading>(msg);
  const { timings } = message as { timings?: Partial<PipelineMessage['timings']> | undefined };
  if (typeof timings?.entry !== 'number' || typeof timings.stages !== 'object' || timings.stages === null)
    message.timings = { entry: clock.mono(), stages: {} };
  message.timestamp = castMs(message.timestamp);
  message.cast = castFrom((msg as { cast?: unknown }).cast, message.topic);
  if (typeof message.quality !== 'object' || message.quality === null) delete message.quality;
  return message;
}

/** Without an `elapsed` (NaN) the buffer counts from the strand's first reading; without an id the cast never ends. */
function castFrom(cast: unknown, strand: string): CastInfo {
  const given: Partial<CastInfo> = typeof cast === 'object' && cast !== null ? cast : {};
  const castId = typeof given.castId === 'string' ? given.castId : '';
  const elapsed = typeof given.elapsed === 'number' && Number.isFinite(given.elapsed) ? given.elapsed : null;
  if (given.castId === castId && given.elapsed === elapsed && given.strand === strand)
    return cast as CastInfo;
  return { ...given, strand, castId, elapsed: elapsed ?? NaN };
}
