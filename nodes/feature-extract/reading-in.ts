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
  if (quality !== undefined && !isTexts(quality))
    throw refuse('quality', 'an object with a text per sensor', quality);
  if (!isObject(timings) || !isObject(timings.stages))
    throw refuse('timings', 'an object with stages', timings);
  return reading;
}

/** By a plain loop: this is asked of every reading, and nearly always of an empty object. */
function isTexts(value: unknown): boolean {
  if (!isObject(value)) return false;
  for (const key in value) if (typeof value[key] !== 'string') return false;
  return true;
}

const refuse = (property: string, expected: string, got: unknown): MessageError =>
  new MessageError(
    'MESSAGE_INVALID',
    `msg.${property}: expected ${expected}, got ${shown(got)}. Wire sensor-buffer before this node: it adds what is missing.`,
  );
