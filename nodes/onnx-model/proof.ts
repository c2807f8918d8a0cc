import type { ModelCard } from '../lib/model-card.js';
import type { Backend } from './backend.js';
import { checkGraph, warmUp } from './check-graph.js';
import { compareGolden, feedsOf, type Golden } from './golden.js';
import { rowsAtOnce } from './rows-at-once.js';

/** A model that has been read and not yet run. */
export interface Candidate {
  readonly card: ModelCard;
  readonly graph: Uint8Array;
  /** The vectors beside the card; null where there are none. */
  readonly golden: Golden | null;
}

/**
 * Opens a graph, compares it with its card, runs it on an empty batch and on the golden inputs, and finds out how many rows may
 * share a run. Meant for a process that can be killed: a graph may hang or crash its engine at any of these steps.
 * @param runs called once the graph has given what it should; the rest is comparing rows
 * @returns most rows of one run for which each row gets what it gets alone, bit for bit
 * @throws ModelError MODEL_INVALID
 */
export async function prove(
  { card, graph, golden }: Candidate,
  backend: Backend,
  runs: () => void,
): Promise<number> {
  const session = await backend.open(graph);
  try {
    checkGraph(session, card);
    await warmUp(session, card);
    if (golden !== null) compareGolden(golden, await session.run(feedsOf(golden)));
    runs();
    return await rowsAtOnce(session, card);
  } finally {
    await session.release();
  }
}
