import type { Clock } from '../lib/clock.js';
import type { ModelKind } from '../lib/messages.js';
import { modelFiles } from './model-file.js';
import type { Checked } from './model-keeper.js';
import { inFile, openModel, readCardFile, readGoldenBeside, readGraph } from './model-loader.js';
import type { BackendChoice } from './onnx-model.config.js';
import { openBackend } from './onnx-runtime.js';
import { proofKey, surroundings } from './proof-key-file.js';
import { proveApart } from './proof-worker.js';
import type { ProofsFile } from './proofs-file.js';
import { ProvenGraphs } from './proven-graphs.js';
import { ROWS_WORTH_A_RUN } from './rows-at-once.js';

/** Time for each half of the proof, ms: ample for a machine that is slow or busy, bearable for a person who waits. */
const PROOF_WITHIN_MS = 60_000;

/** Lives as long as the process: a proof holds for every node. */
const provenHere = new ProvenGraphs();

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
  /** Proofs of earlier runs. */
  readonly proofs: ProofsFile;
}

/**
 * Reads a model and proves it in a process of its own where it isn't known as proven, unless it is the one with the fingerprint
 * `except`.
 * @throws ModelError, DependencyError
 */
export async function checkedModel(
  { kind, cardFile, backend }: Wanted,
  except: string | null,
  { clock, signal, onGraphFile, proofs }: LookTools,
): Promise<Checked | null> {
  const named = await readCardFile(kind, cardFile, modelFiles);
  onGraphFile(named.graphFile);
  const read = await readGraph(named, modelFiles);
  const { card, graph, graphFile, fingerprint } = read;
  if (fingerprint === except) return null;
  const engine = await openBackend(backend);
  const golden = await readGoldenBeside(cardFile, modelFiles);
  const key = proofKey({ fingerprint, golden, engine, surroundings: await surroundings() });
  let rows = provenHere.rowsOf(key) ?? (await proofs.read()).rowsOf(key);
  if (rows === null) {
    const job = { candidate: { card, graph, golden }, backend: engine.name };
    try {
      rows = await proveApart(job, PROOF_WITHIN_MS, clock, signal);
    } catch (err) {
      throw inFile(graphFile, err);
    }
    if (rows !== null) await proofs.keep(key, rows);
  }
  if (rows !== null) provenHere.add(key, rows);
  // Rows that could not be compared in time run alone: that is right whatever the graph.
  const batch = Math.min(rows ?? 1, ROWS_WORTH_A_RUN[kind]);
  return { card, fingerprint, open: () => openModel(read, engine, () => batch) };
}
