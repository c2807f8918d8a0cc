import { join } from 'node:path';
import { overProcesses } from '../process-pool.js';
import { carryOut, type FeaturesJob, type FeaturesPart } from './features-worker.js';

/**
 * Carries out the jobs over several processes, each taking the next job when it has done one. Parts are handed on in the order of
 * the jobs, whichever process was faster; the few that are ahead of their turn wait.
 */
export async function carryOutAll(
  jobs: readonly FeaturesJob[],
  workers: number,
  onPart: (part: FeaturesPart) => void,
): Promise<void> {
  if (Math.min(workers, jobs.length) <= 1) {
    for (const job of jobs) onPart(await carryOut(job));
    return;
  }
  const ahead = new Map<number, FeaturesPart>();
  let turn = 0;
  const arrive = (part: FeaturesPart): void => {
    ahead.set(part.index, part);
    for (let next = ahead.get(turn); next !== undefined; next = ahead.get(++turn)) {
      ahead.delete(turn);
      onPart(next);
    }
  };
  await overProcesses(join(__dirname, 'features-worker.ts'), jobs, workers, arrive);
}
