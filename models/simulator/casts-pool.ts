import { join } from 'node:path';
import type { CastIndexEntry } from './cast-record.js';
import { overProcesses } from '../process-pool.js';
import { carryOut, type CastJob, type CastJobDone } from './casts-worker.js';

/**
 * Carries out the jobs over several processes, each taking the next job when it has done one.
 * @returns entries in the order of the jobs, whichever process was faster
 */
export async function carryOutAll(
  jobs: readonly CastJob[],
  workers: number,
  onDone: (done: number) => void,
): Promise<readonly CastIndexEntry[]> {
  if (Math.min(workers, jobs.length) <= 1)
    return jobs.map((job, i) => {
      const entry = carryOut(job);
      onDone(i + 1);
      return entry;
    });
  const entries = new Map<number, CastIndexEntry>();
  await overProcesses<CastJob, CastJobDone>(
    join(__dirname, 'casts-worker.ts'),
    jobs,
    workers,
    ({ index, entry }) => {
      entries.set(index, entry);
      onDone(entries.size);
    },
  );
  return jobs.map(({ index }) => entries.get(index)!);
}
