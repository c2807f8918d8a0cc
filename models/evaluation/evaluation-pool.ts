import { join } from 'node:path';
import type { CastEntry } from '../../nodes/cast-replay/cast-library-file.js';
import { overProcesses } from '../process-pool.js';
import { Player, type PlayDone, type PlayJob, type Setup } from './evaluation-worker.js';
import type { PlayedCast } from './play-cast.js';

/**
 * Plays all casts over several processes, each taking the next cast when it has done one.
 * @returns what was said, in the order of the casts, whichever process was faster
 */
export async function playAll(
  casts: readonly CastEntry[],
  setup: Setup,
  workers: number,
  onDone: (done: number) => void,
): Promise<readonly PlayedCast[]> {
  const jobs = casts.map((cast, index) => ({ index, cast, setup }));
  const played = new Map<number, PlayedCast>();
  const take = ({ index, played: result }: PlayDone): void => {
    played.set(index, result);
    onDone(played.size);
  };
  if (Math.min(workers, jobs.length) <= 1) {
    const player = new Player();
    for (const job of jobs) take({ index: job.index, played: await player.play(job) });
  } else await overProcesses<PlayJob, PlayDone>(join(__dirname, 'evaluation-worker.ts'), jobs, workers, take);
  return casts.map((_, index) => played.get(index)!);
}
