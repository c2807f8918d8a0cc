/** One of the processes that `cli.ts` starts: writes every cast it is told to, and says when each is done. */
import { asError } from '../../nodes/lib/errors.js';
import type { Answer } from '../process-pool.js';
import { writeCast } from './cast-file.js';
import type { CastIndexEntry } from './cast-record.js';
import { castInSeries, type Variant } from './cast-series.js';
import type { Split } from './splits.js';

export interface CastJob {
  readonly split: Split;
  readonly seed: number;
  readonly index: number;
  readonly out: string;
  readonly variant?: Variant;
}

export interface CastJobDone {
  readonly index: number;
  readonly entry: CastIndexEntry;
}

export function carryOut({ split, seed, index, out, variant }: CastJob): CastIndexEntry {
  const { plan, heading } = castInSeries(split, seed, index, variant);
  return writeCast(out, plan, heading);
}

if (process.send !== undefined && require.main === module)
  process.on('message', (job: CastJob) => {
    let result: Answer<CastJobDone>;
    try {
      result = { index: job.index, entry: carryOut(job) };
    } catch (err) {
      result = { failed: asError(err).message };
    }
    process.send!(result);
  });
