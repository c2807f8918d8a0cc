import { basename, dirname, join } from 'node:path';
import { asError, ModelError, StrandWatchError } from '../lib/errors.js';
import type { ModelKind } from '../lib/messages.js';
import type { ModelCard } from '../lib/model-card.js';
import type { Backend, Session } from './backend.js';
import { checkGraph, warmUp } from './check-graph.js';
import { readGolden, type Golden } from './golden.js';
import { checkOperators } from './graph-operators.js';
import { readCard } from './read-card.js';
import { rowsAtOnce } from './rows-at-once.js';

/** How the loader reaches the disk. Both refuse a file larger than `maxBytes`. */
export interface ModelFiles {
  read(file: string, maxBytes: number): Promise<Uint8Array>;
  sha256(bytes: Uint8Array): string;
}

/** A card on the disk, and where the graph must be that belongs to it. */
export interface ReadCard {
  readonly card: ModelCard;
  readonly graphFile: string;
  readonly sha256: string;
}

/** A model on the disk: a card and the graph that belongs to it, not yet run. */
export interface ReadModel extends Omit<ReadCard, 'sha256'> {
  readonly graph: Uint8Array;
  /** Of card and graph: two models with the same one are the same. */
  readonly fingerprint: string;
}

/** A graph in service with the card it was checked against. */
export interface Loaded {
  readonly card: ModelCard;
  readonly backend: Backend['name'];
  readonly session: Session;
  /** Most rows of one run for which each row gets what it gets alone, bit for bit. */
  readonly batch: number;
}

const MAX_CARD_BYTES = 4 * 1024 * 1024;
/** Far above any model that answers within the deadline; it keeps a wrong file from filling the memory. */
const MAX_GRAPH_BYTES = 256 * 1024 * 1024;
const MAX_GOLDEN_BYTES = 64 * 1024 * 1024;

/**
 * Reads a card and its graph, proves that they belong together, runs the graph once and finds out how many rows may share a run,
 * all of it in this process. For tools and for files that are trusted: a graph that hangs takes the process with it.
 * @throws ModelError MODEL_MISSING, MODEL_INVALID or MODEL_FAILED, saying which file and what to do
 * @throws DependencyError when the engine isn't installed
 */
export async function loadModel(
  kind: ModelKind,
  cardFile: string,
  files: ModelFiles,
  openBackend: () => Promise<Backend>,
): Promise<Loaded> {
  const read = await readGraph(await readCardFile(kind, cardFile, files), files);
  return openModel(read, await openBackend(), (session) => rowsAtOnce(session, read.card));
}

/** @throws ModelError MODEL_MISSING or MODEL_INVALID */
export async function readCardFile(kind: ModelKind, cardFile: string, files: ModelFiles): Promise<ReadCard> {
  const text = await files.read(cardFile, MAX_CARD_BYTES);
  const card = readCard(new TextDecoder().decode(text), basename(cardFile));
  if (card.kind !== kind) {
    throw new ModelError(
      'MODEL_INVALID',
      `${basename(cardFile)}: expected a ${kind} model, got a ${card.kind} model. Choose another card or kind.`,
    );
  }
  return { card, graphFile: join(dirname(cardFile), card.graph.file), sha256: files.sha256(text) };
}

/**
 * Reads the graph of a card: size, SHA-256 and operators are checked, and nothing is run.
 * @throws ModelError MODEL_MISSING or MODEL_INVALID
 */
export async function readGraph(named: ReadCard, files: ModelFiles): Promise<ReadModel> {
  const { card, graphFile } = named;
  const graph = await files.read(graphFile, MAX_GRAPH_BYTES);
  const sha256 = files.sha256(graph);
  if (sha256 !== card.graph.sha256) {
    throw new ModelError(
      'MODEL_INVALID',
      `${basename(graphFile)}: the card expects SHA-256 ${card.graph.sha256.slice(0, 12)}..., the file has ` +
        `${sha256.slice(0, 12)}... Put card and graph of the same training together.`,
    );
  }
  try {
    checkOperators(graph);
  } catch (err) {
    throw inFile(graphFile, err);
  }
  return { card, graph, graphFile, fingerprint: `${named.sha256} ${sha256}` };
}

/** `golden.json` beside the card; null when there is none. @throws ModelError MODEL_INVALID when it is no such file */
export async function readGoldenBeside(cardFile: string, files: ModelFiles): Promise<Golden | null> {
  let bytes: Uint8Array;
  try {
    bytes = await files.read(join(dirname(cardFile), GOLDEN), MAX_GOLDEN_BYTES);
  } catch (err) {
    if (err instanceof ModelError && err.code === 'MODEL_MISSING') return null;
    throw err;
  }
  return readGolden(new TextDecoder().decode(bytes), GOLDEN);
}

const GOLDEN = 'golden.json';

/**
 * Opens a graph in this process, compares it with its card and runs it on an empty batch.
 * @param batchOf tells how many rows may share a run
 * @throws ModelError MODEL_INVALID or MODEL_FAILED
 */
export async function openModel(
  { card, graph, graphFile }: ReadModel,
  backend: Backend,
  batchOf: (session: Session) => number | Promise<number>,
): Promise<Loaded> {
  const session = await opened(backend, graph, graphFile);
  try {
    checkGraph(session, card);
    await warmUp(session, card);
    return { card, backend: backend.name, session, batch: await batchOf(session) };
  } catch (err) {
    await session.release();
    throw inFile(graphFile, err);
  }
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

/** An error of a graph, with the name of its file. */
export function inFile(file: string, thrown: unknown): ModelError {
  const { message } = asError(thrown);
  const code = thrown instanceof StrandWatchError ? thrown.code : 'MODEL_FAILED';
  return new ModelError(code, `${basename(file)}: ${message}`, { cause: thrown });
}
