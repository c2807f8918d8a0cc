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

type ProofResult =
  { readonly ok: true } | { readonly ok: false; readonly code: string; readonly message: string };

/**
 * Proves a graph in a process of its own.
 * @param signal kills the process when nobody wants to know any more
 * @throws ModelError MODEL_INVALID when the graph fails; MODEL_SLOW when it doesn't end in time; MODEL_FAILED when the
 * process can't be started or the graph took it down
 */
export function proveApart(
  job: ProofJob,
  withinMs: number,
  clock: Clock,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = fork(__filename, {
      serialization: 'advanced',
      stdio: 'ignore',
    });
    const finish = (error: Error | null): void => {
      clock.cancel(timer);
      signal?.removeEventListener('abort', abandon);
      worker.removeAllListeners();
      worker.on('error', () => undefined);
      worker.kill('SIGKILL');
      if (error === null) resolve();
      else reject(error);
    };
    const abandon = (): void => finish(new ModelError('MODEL_FAILED', 'the proof was given up.'));
    const timer = clock.after(withinMs, () =>
      finish(
        new ModelError(
          'MODEL_SLOW',
          `the graph did not run within ${withinMs / 1000} s in a process of its own: does it loop for ever?`,
        ),
      ),
    );
    signal?.addEventListener('abort', abandon);
    worker.on('message', (result: ProofResult) =>
      finish(result.ok ? null : new ModelError(result.code as 'MODEL_INVALID', result.message)),
    );
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

async function work({ candidate, backend }: ProofJob): Promise<ProofResult> {
  try {
    await prove(candidate, await openBackend(backend));
    return { ok: true };
  } catch (err) {
    const code = err instanceof StrandWatchError ? err.code : 'MODEL_INVALID';
    return { ok: false, code, message: asError(err).message };
  }
}

if (process.send !== undefined && require.main === module) {
  process.on('message', (job: ProofJob) => void work(job).then((result) => process.send!(result)));
  // The parent is gone: so is the question.
  process.on('disconnect', () => process.exit());
}
