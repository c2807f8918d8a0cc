import { fork } from 'node:child_process';

/** What a worker process answers to a job. */
export type Answer<Done> = Done | { readonly failed: string };

/**
 * Hands the jobs to several processes, each taking the next job when it has done one. `onDone` gets what they did as it
 * comes, whichever process was faster.
 * @param file the worker: answers each message with an `Answer`
 * @throws Error with the reason of the first job that failed
 */
export async function overProcesses<Job extends object, Done extends object>(
  file: string,
  jobs: readonly Job[],
  processes: number,
  onDone: (done: Done) => void,
): Promise<void> {
  const pending = [...jobs];
  let hasFailed = false;
  const take = (done: Done): void => {
    if (!hasFailed) onDone(done);
  };
  const stop = (err: unknown): never => {
    hasFailed = true;
    throw err;
  };
  await Promise.all(
    Array.from({ length: Math.min(processes, jobs.length) }, () => work(file, pending, take).catch(stop)),
  );
}

/** Runs one process until no job is left, or one failed. */
function work<Job extends object, Done extends object>(
  file: string,
  pending: Job[],
  onDone: (done: Done) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = fork(file, { serialization: 'advanced' });
    const next = (): void => {
      const job = pending.shift();
      if (job === undefined) worker.disconnect();
      else worker.send(job);
    };
    worker.on('message', (answer: Answer<Done>) => {
      if ('failed' in answer) {
        pending.length = 0;
        reject(new Error(answer.failed));
        worker.disconnect();
        return;
      }
      onDone(answer);
      next();
    });
    worker.on('error', reject);
    worker.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`a worker ended with code ${code ?? 'none'}`)),
    );
    next();
  });
}
