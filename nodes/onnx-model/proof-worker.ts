/** The process that runs a graph for the first time, and is killed when it takes too long. */
import { fork } from 'node:child_process';
import type { Clock } from '../lib/clock.js';
import { asError, ModelError, StrandWatchError } from '../lib/errors.js';
import { openBackend } from './onnx-runtime.js';
import type { BackendChoice } from './onnx-model.config.js';
import { prove, type Candidate } from './proof.js';

export interface ProofJob {
  readonly candidate: Candidate;
  readonly backend: BackendChoice;
}

type ProofNews =
  | { readonly stage: 'runs' }
  | { readonly stage: 'proven'; readonly rows: number }
  | { readonly stage: 'failed'; readonly code: string; readonly message: string };

/**
 * Proves a graph in a process of its own.
 * @param withinMs time to run as it should, and as much again to compare rows
 * @param signal kills the process when nobody wants to know any more
 * @returns how many rows may share a run; null when the graph runs and that could not be found out in time
 * @throws ModelError MODEL_INVALID when the graph fails; MODEL_SLOW when it doesn't run in time; MODEL_FAILED when the
 * process can't be started or the graph took it down
 */
export function proveApart(
  job: ProofJob,
  withinMs: number,
  clock: Clock,
  signal?: AbortSignal,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(givenUp());
    const worker = fork(__filename, {
      serialization: 'advanced',
      stdio: 'ignore',
    });
    const finish = (result: number | null | Error): void => {
      clock.cancel(timer);
      signal?.removeEventListener('abort', abandon);
      worker.removeAllListeners();
      worker.on('error', () => undefined);
      worker.kill('SIGKILL');
      if (result instanceof Error) reject(result);
      else resolve(result);
    };
    const abandon = (): void => finish(givenUp());
    let timer = clock.after(withinMs, () => finish(tooSlow(withinMs)));
    signal?.addEventListener('abort', abandon);
    worker.on('message', (news: ProofNews) => {
      if (news.stage === 'failed') finish(new ModelError(news.code as 'MODEL_INVALID', news.message));
      else if (news.stage === 'proven') finish(news.rows);
      else {
        clock.cancel(timer);
        timer = clock.after(withinMs, () => finish(null));
      }
    });
    worker.on('error', (err) =>
      finish(new ModelError('MODEL_FAILED', `the proof: ${err.message}`, { cause: err })),
    );
    worker.on('exit', (code, killedBy) =>
      finish(
        new ModelError(
          'MODEL_FAILED',
          `the graph took down the process that tried it (${killedBy ?? `code ${code}`}).`,
        ),
      ),
    );
    worker.send(job, (err) => {
      if (err !== null) finish(new ModelError('MODEL_FAILED', `the proof: ${err.message}`, { cause: err }));
    });
  });
}

const givenUp = (): ModelError => new ModelError('MODEL_FAILED', 'the proof was given up.');

const tooSlow = (withinMs: number): ModelError =>
  new ModelError(
    'MODEL_SLOW',
    `the graph did not run within ${withinMs / 1000} s in a process of its own: does it loop for ever?`,
  );

async function work({ candidate, backend }: ProofJob, tell: (news: ProofNews) => void): Promise<void> {
  try {
    const rows = await prove(candidate, await openBackend(backend), () => tell({ stage: 'runs' }));
    tell({ stage: 'proven', rows });
  } catch (err) {
    const code = err instanceof StrandWatchError ? err.code : 'MODEL_INVALID';
    tell({ stage: 'failed', code, message: asError(err).message });
  }
}

if (process.send !== undefined && require.main === module) {
  process.on('message', (job: ProofJob) => void work(job, (news) => process.send!(news)));
  // The parent is gone: so is the question.
  process.on('disconnect', () => process.exit());
}
