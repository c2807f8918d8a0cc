import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { CastIndexEntry } from './cast-record.js';
import { carryOut, type CastJob, type CastJobResult } from './casts-worker.js';

/**
 * Carries out the jobs over several processes, each taking the next job when it has done one.
 * @returns entries in the order of the jobs, whichever process was faster
 */
export async function carryOutAll(
  jobs: readonly CastJob[],
  workers: number,
  onDone: (done: number) => void,
): Promise<readonly CastIndexEntry[]> {
  const processes = Math.min(workers, jobs.length);
  if (processes <= 1)
    return jobs.map((job, i) => {
      const entry = carryOut(job);
      onDone(i + 1);
      return entry;
    });
  const entries = new Map<number, CastIndexEntry>();
  const pending = [...jobs];
  await Promise.all(
    Array.from({ length: processes }, () =>
      work(pending, (index, entry) => {
        entries.set(index, entry);
        onDone(entries.size);
      }),
    ),
  );
  return jobs.map(({ index }) => entries.get(index)!);
}

/** Runs one process until no job is left, or one failed. */
function work(pending: CastJob[], onEntry: (index: number, entry: CastIndexEntry) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = fork(join(__dirname, 'casts-worker.ts'));
    const next = (): void => {
      const job = pending.shift();
      if (job === undefined) worker.disconnect();
      else worker.send(job);
    };
    worker.on('message', (result: CastJobResult) => {
      if ('failed' in result) {
        pending.length = 0;
        reject(new Error(result.failed));
        worker.disconnect();
        return;
      }
      onEntry(result.index, result.entry);
      next();
    });
    worker.on('error', reject);
    worker.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`a worker ended with code ${code ?? 'none'}`)),
    );
    next();
  });
}
