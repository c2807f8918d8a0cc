import { monoMs } from '../lib/clock.js';
import type { PipelineMessage, Reading } from '../lib/messages.js';
import { openCast, type CastFileOptions } from './cast-file.js';
import type { CastEntry } from './cast-library-file.js';
import { readingMessage } from './reading-message.js';

export type ReadingOptions = Omit<CastFileOptions, 'startMs'>;

/** When the cast began, ms since the epoch; without it relative times count from the epoch. */
export const startOf = ({ start }: CastEntry): { startMs?: number } =>
  start === undefined ? {} : { startMs: Date.parse(start) };

/**
 * The readings of a cast as a replay sends them, without a clock: for programs that compute over whole casts.
 * @throws CastError when the file can't be used
 */
export async function* castReadings(
  cast: CastEntry,
  options: ReadingOptions,
): AsyncGenerator<PipelineMessage<Reading>, void, void> {
  const file = await openCast(cast.path, { ...options, ...startOf(cast) });
  const strand = cast.strand ?? 'strand-1';
  for await (const row of file.rows()) yield readingMessage(strand, cast, row, monoMs(0));
}
