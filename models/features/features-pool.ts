import { fork } from 'node:child_process';
import { join } from 'node:path';
import { carryOut, type FeaturesJob, type FeaturesJobResult, type FeaturesPart } from './features-worker.js';

/**
 * Carries out the jobs over several processes, each taking the next job when it has done one. Parts are handed on in the order of
 * the jobs, whichever process was faster; the few that are ahead of their turn wait.
 */
export async function carryOutAll(
  jobs: readonly FeaturesJob[],
  workers: number,
  onPart: (part: FeaturesPart) => void,
): Promise<void> {
  const processes = Math.min(workers, jobs.length);
  if (processes <= 1) {
    for (const job of jobs) onPart(await carryOut(job));
    return;
  }
  const pending = [...jobs];
  const ahead = new Map<number, FeaturesPart>();
  let turn = 0;
  let hasFailed = false;
  const arrive = (part: FeaturesPart): void => {
    if (hasFailed) return;
    ahead.set(part.index, part);
    for (let next = ahead.get(turn); next !== undefined; next = ahead.get(++turn)) {
      ahead.delete(turn);
      onPart(next);
    }
  };
  const stop = (err: unknown): never => {
    hasFailed = true;
    throw err;
  };
  await Promise.all(Array.from({ length: processes }, () => work(pending, arrive).catch(stop)));
}

/** Runs one process until no job is left, or one failed. */
function work(pending: FeaturesJob[], onPart: (part: FeaturesPart) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = fork(join(__dirname, 'features-worker.ts'), { serialization: 'advanced' });
    const next = (): void => {
      const job = pending.shift();
      if (job === undefined) worker.disconnect();
      else worker.send(job);
    };
    worker.on('message', (result: FeaturesJobResult) => {
      if ('failed' in result) {
        pending.length = 0;
        reject(new Error(result.failed));
        worker.disconnect();
        return;
      }
      onPart(result);
      next();
    });
    worker.on('error', reject);
    worker.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`a worker ended with code ${code ?? 'none'}`)),
    );
    next();
  });
}
