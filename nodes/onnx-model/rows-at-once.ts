import type { ModelKind } from '../lib/messages.js';
import type { ModelCard } from '../lib/model-card.js';
import type { TensorData } from '../lib/model-node.js';
import type { Session } from './backend.js';
import { feedsFor, takesOneRow } from './check-graph.js';

/** Rows worth a run: more of them gain nothing and hold up the event loop, see docs/performance.md. */
export const ROWS_WORTH_A_RUN: Readonly<Record<ModelKind, number>> = { baseline: 32, sequence: 8 };

/**
 * Rounds of the proof, each with other numbers. Whether a bit differs depends on them: an output at its limit, such as a
 * probability of 1, hides what small inputs show.
 */
const ROUNDS = 8;
const SCALES = [0.1, 0.3, 1, 3] as const;

/**
 * How many rows may share a run of this graph on this machine. Engines choose their kernels by the shape of a run, and a
 * graph may mix its rows; so every size up to the limit is run and compared, bit for bit, with the same rows one by one.
 * Where any bit differs, rows run alone: what a strand is told must not depend on its neighbors.
 * Takes half a second natively and seconds on WebAssembly, most of them without a turn of the event loop.
 */
export async function rowsAtOnce(session: Session, card: ModelCard): Promise<number> {
  if (takesOneRow(session)) return 1;
  const most = ROWS_WORTH_A_RUN[card.kind];
  for (let round = 0; round < ROUNDS; round++)
    if (!(await standAlone(session, feedsFor(card, most, anything(round)), most))) return 1;
  return most;
}

/** Runs are asked for together: the engine takes each in a turn of the event loop, and a flow at work makes turns long. */
async function standAlone(session: Session, rows: Outputs, most: number): Promise<boolean> {
  const places = Array.from({ length: most }, (_, place) => place);
  const alone = await Promise.all(places.map((row) => session.run(part(rows, row, 1))));
  const together = await Promise.all(places.slice(1).map((last) => session.run(part(rows, 0, last + 1))));
  return together.every((outputs, i) =>
    alone.slice(0, i + 2).every((own, row) => sameBits(part(outputs, row, 1), own)),
  );
}

type Outputs = Readonly<Record<string, TensorData>>;

/** Numbers without a pattern, the same at each start; the sequences' mask takes them too. */
const anything =
  (round: number) =>
  (place: number): number =>
    SCALES[round % SCALES.length]! * Math.sin(12.9898 * place + 78.233 * round);

/** Some rows of each tensor. */
function part(tensors: Outputs, from: number, count: number): Outputs {
  const cut = Object.entries(tensors).map(([name, { type, data, dims }]) => {
    const width = data.length / dims[0]!;
    const rows = data.subarray(from * width, (from + count) * width);
    return [name, { type, data: rows, dims: [count, ...dims.slice(1)] }] as const;
  });
  return Object.fromEntries(cut);
}

const sameBits = (one: Outputs, other: Outputs): boolean =>
  Object.keys(one).every((name) => {
    const [a, b] = [one[name]!.data, other[name]!.data];
    return a.length === b.length && a.every((value: number | bigint, i: number) => Object.is(value, b[i]));
  });
