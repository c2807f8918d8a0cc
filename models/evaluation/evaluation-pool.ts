import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { CastEntry } from '../../nodes/cast-replay/cast-library-file.js';
import { Player, type PlayJob, type PlayResult, type Setup } from './evaluation-worker.js';
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
  const take = (index: number, result: PlayedCast): void => {
    played.set(index, result);
    onDone(played.size);
  };
  const processes = Math.min(workers, jobs.length);
  if (processes <= 1) {
    const player = new Player();
    for (const job of jobs) take(job.index, await player.play(job));
  } else await Promise.all(Array.from({ length: processes }, () => work(jobs, take)));
  return casts.map((_, index) => played.get(index)!);
}

/** Runs one process until no job is left, or one failed. */
function work(pending: PlayJob[], take: (index: number, played: PlayedCast) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = fork(join(__dirname, 'evaluation-worker.ts'), { serialization: 'advanced' });
    const next = (): void => {
      const job = pending.shift();
      if (job === undefined) worker.disconnect();
      else worker.send(job);
    };
    worker.on('message', (result: PlayResult) => {
      if ('failed' in result) {
        pending.length = 0;
        reject(new Error(result.failed));
        worker.disconnect();
        return;
      }
      take(result.index, result.played);
      next();
    });
    worker.on('error', reject);
    worker.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`a worker ended with code ${code ?? 'none'}`)),
    );
    next();
  });
}
