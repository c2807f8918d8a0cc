import type { Clock } from '../lib/clock.js';
import type { ModelKind } from '../lib/messages.js';
import { modelFiles } from './model-file.js';
import type { Checked } from './model-keeper.js';
import { inFile, openModel, readCardFile, readGoldenBeside, readGraph } from './model-loader.js';
import type { BackendChoice } from './onnx-model.config.js';
import { openBackend } from './onnx-runtime.js';
import { proveApart } from './proof-worker.js';
import { ProvenGraphs } from './proven-graphs.js';

/** Time for the proof, ms: ample for a machine that is busy, short for a person who waits. */
const PROOF_WITHIN_MS = 30_000;

/** Lives as long as the process: a proof holds for every node. */
const proven = new ProvenGraphs();

export interface Wanted {
  readonly kind: ModelKind;
  readonly cardFile: string;
  readonly backend: BackendChoice;
}

/** What a look at the disk works with. */
export interface LookTools {
  readonly clock: Clock;
  /** Ends a proof that nobody waits for any more. */
  readonly signal: AbortSignal;
  /** Told which graph the card names, before it is read. */
  readonly onGraphFile: (file: string) => void;
}

/**
 * Reads a model and proves it in a process of its own, unless it is the one with the fingerprint `except`.
 * @throws ModelError, DependencyError
 */
export async function checkedModel(
  { kind, cardFile, backend }: Wanted,
  except: string | null,
  { clock, signal, onGraphFile }: LookTools,
): Promise<Checked | null> {
  const named = await readCardFile(kind, cardFile, modelFiles);
  onGraphFile(named.graphFile);
  const read = await readGraph(named, modelFiles);
  const { card, graph, graphFile, fingerprint } = read;
  if (fingerprint === except) return null;
  const engine = await openBackend(backend);
  const golden = await readGoldenBeside(cardFile, modelFiles);
  const key = `${engine.name} ${fingerprint} ${modelFiles.sha256(Buffer.from(JSON.stringify(golden)))}`;
  if (!proven.has(key)) {
    const job = { candidate: { card, graph, golden }, backend: engine.name };
    try {
      await proveApart(job, PROOF_WITHIN_MS, clock, signal);
    } catch (err) {
      throw inFile(graphFile, err);
    }
    proven.add(key);
  }
  return { card, fingerprint, open: () => openModel(read, engine) };
}
