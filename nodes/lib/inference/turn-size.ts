/** Instants that may be pending at once, over all strands. One holds its message and its tensor, some 40 kB. */
export const MAX_PENDING = 2048;
/** From here on a source is faster than the model, and nothing but the length of a turn slows it down. */
const FLOOD = MAX_PENDING / 2;
/** Most runs of a turn as long as there is no flood: of the network they take some 35 ms. */
const MOST_RUNS = 8;
/** Pending instants for each run that goes into a turn beyond the first. */
const PENDING_PER_RUN = 32;
/** Of a model whose rows run alone, so many runs count as one. */
const ROWS_ALONE = 8;
/** While predictions wait, an explanation gets a run in one turn of so many: the alarm of its strand waits for it. */
const BUSY_TURNS_PER_EXPLANATION = 4;

/** What waits for a model. */
export interface Work {
  /** Instants without an outcome, those under way included. */
  readonly pending: number;
  /** Instants that can be asked about. */
  readonly waiting: number;
  /** Instants that need a further run to be explained. */
  readonly explaining: number;
  /** Most instants in one run. */
  readonly batch: number;
  /** How many turns in a row have had predictions to make, with this one. */
  readonly busyTurns: number;
}

/** Runs of one turn. */
export interface TurnSize {
  readonly predictions: number;
  readonly explanations: number;
}

/**
 * How many runs go into one turn of the event loop, which they hold up together: a single one as long as little is pending,
 * eight from 224 pending instants on, and in a flood up to 40. Predictions go first, and leave half of a turn that takes
 * several runs to explanations. Depends on counts alone, never on time.
 */
export function turnSize({ pending, waiting, explaining, batch, busyTurns }: Work): TurnSize {
  const runs = runsFor(pending) * (batch === 1 ? ROWS_ALONE : 1);
  const wanted = Math.ceil(waiting / batch);
  if (wanted === 0) return { predictions: 0, explanations: Math.min(explaining, runs) };
  const least = busyTurns % BUSY_TURNS_PER_EXPLANATION === 0 ? 1 : 0;
  const reserved = Math.min(explaining, Math.max(least, Math.floor(runs / 2)));
  const predictions = Math.min(wanted, Math.max(1, runs - reserved));
  return { predictions, explanations: Math.max(reserved, Math.min(explaining, runs - predictions)) };
}

function runsFor(pending: number): number {
  const runs = Math.min(MOST_RUNS, 1 + Math.floor(pending / PENDING_PER_RUN));
  return runs + Math.floor(Math.max(0, pending - FLOOD) / PENDING_PER_RUN);
}
