import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-common';
import { systemClock } from '../lib/clock.js';
import { asError, DependencyError } from '../lib/errors.js';
import type { InferenceBackend, TensorData } from '../lib/model-node.js';
import type { Backend, Session, TensorInfo } from './backend.js';
import type { BackendChoice } from './onnx-model.config.js';

/** What both packages of ONNX Runtime export, as far as it is used here. */
interface Runtime {
  readonly InferenceSession: {
    create(graph: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: TensorConstructor;
  readonly env: {
    readonly wasm: { numThreads?: number; proxy?: boolean };
    readonly versions: { readonly node?: string; readonly web?: string };
  };
}

/** Small models: one thread is fastest, and the defaults burn twice the CPU. Severity 3 = errors only. */
const OPTIONS: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  logSeverityLevel: 3,
};

/** The two packages; loaded when first used, for neither has to be installed. */
const packages: Readonly<Record<InferenceBackend, () => Promise<unknown>>> = {
  native: () => import('onnxruntime-node'),
  wasm: () => import('onnxruntime-web'),
};
const packageNames: Readonly<Record<InferenceBackend, string>> = {
  native: 'onnxruntime-node',
  wasm: 'onnxruntime-web',
};

/**
 * The engine that was asked for; `auto` prefers the native one and falls back to WebAssembly.
 * @throws DependencyError DEPENDENCY_MISSING naming the command that installs it
 */
export async function openBackend(choice: BackendChoice, load = packages): Promise<Backend> {
  if (choice !== 'auto') return loaded(choice, load);
  try {
    return await loaded('native', load);
  } catch {
    return loaded('wasm', load);
  }
}

async function loaded(name: InferenceBackend, load: typeof packages): Promise<Backend> {
  try {
    const runtime = (await load[name]()) as Runtime;
    if (name === 'wasm') {
      // Everything stays in this thread: a worker that is ended during a run takes the process with it.
      runtime.env.wasm.numThreads = 1;
      runtime.env.wasm.proxy = false;
    }
    return backend(name, [name === 'wasm' ? 'wasm' : 'cpu'], runtime);
  } catch (err) {
    throw missing(name, packageNames[name], err);
  }
}

function missing(name: InferenceBackend, dependency: string, cause: unknown): DependencyError {
  return new DependencyError(
    'DEPENDENCY_MISSING',
    `The ${name} backend could not be loaded (${asError(cause).message.split('\n', 1)[0]}). ` +
      `Install it in Node-RED's user directory: npm install ${dependency}`,
    { cause },
  );
}

function backend(name: InferenceBackend, executionProviders: readonly string[], runtime: Runtime): Backend {
  const { node = '', web = '' } = runtime.env.versions;
  return {
    name,
    version: name === 'native' ? node : web,
    async open(graph) {
      const create = () => runtime.InferenceSession.create(graph, { ...OPTIONS, executionProviders });
      if (name === 'native') return wrap(await create(), runtime.Tensor);
      return inTurn(wrap(await takeTurn(() => aTurnLater(create)), runtime.Tensor));
    },
  };
}

let lastTurn: Promise<unknown> = Promise.resolve();

/** All WebAssembly sessions share one memory: what one does while another is made, run or released spoils that. */
function takeTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = lastTurn.then(work, work);
  lastTurn = turn.catch(() => undefined);
  return turn;
}

/**
 * Making a session holds up the event loop for a third of a second: between two of them timers and sockets have their turn. An
 * immediate alone may come before them, when what went before was called from a socket or a file.
 */
async function aTurnLater<T>(work: () => Promise<T>): Promise<T> {
  for (let i = 0; i < 2; i++) await new Promise<void>((resolve) => systemClock.after(0, resolve));
  return work();
}

const inTurn = (session: Session): Session => ({
  ...session,
  run: (feeds) => takeTurn(() => session.run(feeds)),
  release: () => takeTurn(() => session.release()),
});

function wrap(session: InferenceSession, NewTensor: TensorConstructor): Session {
  return {
    inputs: session.inputMetadata.map(infoOf),
    outputs: session.outputMetadata.map(infoOf),
    async run(feeds) {
      const tensors: Record<string, Tensor> = {};
      for (const name in feeds) {
        const { type, data, dims } = feeds[name]!;
        tensors[name] = new NewTensor(type, data, dims);
      }
      return (await session.run(tensors)) as unknown as Record<string, TensorData>;
    },
    release: () => session.release(),
  };
}

function infoOf(value: InferenceSession.ValueMetadata): TensorInfo {
  return value.isTensor
    ? { name: value.name, type: value.type, shape: value.shape }
    : { name: value.name, type: 'no tensor', shape: [] };
}
