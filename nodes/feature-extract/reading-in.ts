import { MessageError, shown } from '../lib/errors.js';
import { pipelineMessage, type PipelineMessage, type Reading } from '../lib/messages.js';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A regular reading as sensor-buffer sends it, typed, not copied.
 * @throws MessageError naming the property, what was expected and what came
 */
export function readingIn(msg: object): PipelineMessage<Reading> {
  const reading = pipelineMessage<Reading>(msg);
  const { cast, quality, timings } = msg as Record<string, unknown>;
  if (!isObject(cast) || typeof cast.castId !== 'string') throw refuse('cast', 'an object with castId', cast);
  if (quality !== undefined && (!isObject(quality) || !Object.values(quality).every(isText)))
    throw refuse('quality', 'an object with a text per sensor', quality);
  if (!isObject(timings) || !isObject(timings.stages))
    throw refuse('timings', 'an object with stages', timings);
  return reading;
}

const isText = (value: unknown): boolean => typeof value === 'string';

const refuse = (property: string, expected: string, got: unknown): MessageError =>
  new MessageError(
    'MESSAGE_INVALID',
    `msg.${property}: expected ${expected}, got ${shown(got)}. Wire sensor-buffer before this node: it adds what is missing.`,
  );
