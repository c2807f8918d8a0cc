import type { MonoMs } from '../lib/clock.js';
import type { CastInfo, PipelineMessage, Reading } from '../lib/messages.js';
import type { CastRow } from './row-parser.js';

/** What the index knows of a cast, for every reading of it. */
export interface CastIdentity {
  readonly id: string;
  readonly heat?: string | undefined;
  readonly grade?: string | undefined;
  readonly mold?: string | undefined;
}

/** The reading message of a row, as the contract wants it. */
export function readingMessage(
  strand: string,
  cast: CastIdentity,
  row: CastRow,
  entry: MonoMs,
): PipelineMessage<Reading> {
  const info: { -readonly [Key in keyof CastInfo]: CastInfo[Key] } = {
    strand,
    castId: cast.id,
    elapsed: row.elapsed,
  };
  if (cast.heat !== undefined) info.heat = cast.heat;
  if (cast.grade !== undefined) info.grade = cast.grade;
  if (cast.mold !== undefined) info.mold = cast.mold;
  if (row.position !== undefined) info.position = row.position;
  return {
    topic: strand,
    timestamp: row.timestamp,
    cast: info,
    payload: row.reading,
    timings: { entry, stages: {} },
  };
}
