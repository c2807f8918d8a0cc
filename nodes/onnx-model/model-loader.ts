import { basename, dirname, join } from 'node:path';
import { asError, ModelError, StrandWatchError } from '../lib/errors.js';
import type { ModelKind } from '../lib/messages.js';
import type { ModelCard } from '../lib/model-card.js';
import type { Backend, Session } from './backend.js';
import { checkGraph, warmUp } from './check-graph.js';
import { readCard } from './read-card.js';

/** How the loader reaches the disk. Both refuse a file larger than `maxBytes`. */
export interface ModelFiles {
  read(file: string, maxBytes: number): Promise<Uint8Array>;
  sha256(bytes: Uint8Array): string;
}

/** A graph in service with the card it was checked against. */
export interface Loaded {
  readonly card: ModelCard;
  readonly backend: Backend['name'];
  readonly session: Session;
}

const MAX_CARD_BYTES = 4 * 1024 * 1024;
/** Far above any model that answers within the deadline; it keeps a wrong file from filling the memory. */
const MAX_GRAPH_BYTES = 256 * 1024 * 1024;

/**
 * Reads a card and its graph, proves that they belong together, and runs the graph once.
 * @throws ModelError MODEL_MISSING, MODEL_INVALID or MODEL_FAILED, saying which file and what to do
 * @throws DependencyError when the engine isn't installed
 */
export async function loadModel(
  kind: ModelKind,
  cardFile: string,
  files: ModelFiles,
  openBackend: () => Promise<Backend>,
): Promise<Loaded> {
  const card = readCard(
    new TextDecoder().decode(await files.read(cardFile, MAX_CARD_BYTES)),
    basename(cardFile),
  );
  if (card.kind !== kind) {
    throw new ModelError(
      'MODEL_INVALID',
      `${basename(cardFile)}: expected a ${kind} model, got a ${card.kind} model. Choose another card or kind.`,
    );
  }
  const graphFile = join(dirname(cardFile), card.graph.file);
  const graph = await files.read(graphFile, MAX_GRAPH_BYTES);
  const sha256 = files.sha256(graph);
  if (sha256 !== card.graph.sha256) {
    throw new ModelError(
      'MODEL_INVALID',
      `${basename(graphFile)}: the card expects SHA-256 ${card.graph.sha256.slice(0, 12)}..., the file has ` +
        `${sha256.slice(0, 12)}... Put card and graph of the same training together.`,
    );
  }
  const backend = await openBackend();
  const session = await opened(backend, graph, graphFile);
  try {
    checkGraph(session, card);
    await warmUp(session, card);
  } catch (err) {
    await session.release();
    throw inFile(graphFile, err);
  }
  return { card, backend: backend.name, session };
}

async function opened(backend: Backend, graph: Uint8Array, file: string): Promise<Session> {
  try {
    return await backend.open(graph);
  } catch (err) {
    throw new ModelError(
      'MODEL_INVALID',
      `${basename(file)}: no graph that can be run: ${asError(err).message}`,
      {
        cause: err,
      },
    );
  }
}

function inFile(file: string, thrown: unknown): ModelError {
  const { message } = asError(thrown);
  const code = thrown instanceof StrandWatchError ? thrown.code : 'MODEL_FAILED';
  return new ModelError(code, `${basename(file)}: ${message}`, { cause: thrown });
}
