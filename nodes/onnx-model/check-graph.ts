import { ModelError } from '../lib/errors.js';
import type { ModelCard } from '../lib/model-card.js';
import type { TensorData } from '../lib/model-node.js';
import type { Session, TensorInfo } from './backend.js';

/** A dimension that must be of this size; `null` = the batch: free, or 1 in a graph that takes one row at a time. */
type Shape = readonly (number | null)[];
type Shapes = Readonly<Record<string, Shape>>;

/**
 * Compares what a graph takes and gives with what its card says.
 * @throws ModelError MODEL_INVALID naming the tensor, what the card says and what the graph has
 */
export function checkGraph({ inputs, outputs }: Session, card: ModelCard): void {
  const expected = tensorsOf(card);
  compare('input', inputs, expected.inputs);
  compare('output', outputs, expected.outputs);
  const extra = inputs.find(({ name }) => !(name in expected.inputs));
  if (extra !== undefined) {
    throw new ModelError(
      'MODEL_INVALID',
      `input "${extra.name}" of the graph is not in the card, which has ${list(Object.keys(expected.inputs))}.`,
    );
  }
}

/**
 * Runs the graph once on an empty batch, of two rows where it takes them, so that the first real message doesn't pay for the start and a graph
 * whose metadata says too little is found out.
 * @throws ModelError MODEL_INVALID when the outputs aren't what the card says
 */
export async function warmUp(session: Session, card: ModelCard): Promise<void> {
  const { outputs } = tensorsOf(card);
  const batch = takesOneRow(session) ? 1 : WARM_UP_BATCH;
  const results = await session.run(feedsFor(card, batch, () => 0));
  for (const [name, shape] of Object.entries(outputs)) {
    const result = results[name]!;
    const dims = shape.map((size) => size ?? batch);
    if (result.type === 'float32' && sameDims(result.dims, dims)) continue;
    throw new ModelError(
      'MODEL_INVALID',
      `output "${name}": expected float32 ${shown(dims)} for a batch of ${batch}, the graph gave ${result.type} ${shown(result.dims)}.`,
    );
  }
}

const WARM_UP_BATCH = 2;

/** Whether a graph was exported for a single row, not for a batch of any size. */
export const takesOneRow = ({ inputs }: Session): boolean => inputs.some(({ shape }) => shape[0] === 1);

/** Inputs of `batch` rows in the shapes of the card; `valueAt` gives each number, by its place in the tensor. */
export function feedsFor(
  card: ModelCard,
  batch: number,
  valueAt: (place: number) => number,
): Record<string, TensorData> {
  const feeds: Record<string, TensorData> = {};
  for (const [name, shape] of Object.entries(tensorsOf(card).inputs)) {
    const dims = shape.map((size) => size ?? batch);
    const data = Float32Array.from({ length: dims.reduce((a, b) => a * b) }, (_, place) => valueAt(place));
    feeds[name] = { type: 'float32', data, dims };
  }
  return feeds;
}

function tensorsOf(card: ModelCard): { readonly inputs: Shapes; readonly outputs: Shapes } {
  const { probability, mechanisms } = card.output;
  const common: Shapes = {
    [probability]: [null],
    ...(mechanisms === undefined ? {} : { [mechanisms]: [null, card.mechanisms?.length ?? 0] }),
  };
  if (card.kind === 'baseline') {
    const { features, names } = card.input;
    const { contributions } = card.output;
    return {
      inputs: { [features]: [null, names.length] },
      outputs: {
        ...common,
        ...(contributions === undefined ? {} : { [contributions]: [null, names.length] }),
      },
    };
  }
  const { sequence, mask, names, length } = card.input;
  const { attention } = card.output;
  const steps = [null, length, names.length];
  return {
    inputs: { [sequence]: steps, [mask]: steps },
    outputs: { ...common, ...(attention === undefined ? {} : { [attention]: [null, length] }) },
  };
}

function compare(side: 'input' | 'output', tensors: readonly TensorInfo[], expected: Shapes): void {
  for (const [name, shape] of Object.entries(expected)) {
    const found = tensors.find((tensor) => tensor.name === name);
    if (found === undefined) {
      throw new ModelError(
        'MODEL_INVALID',
        `${side} "${name}" of the card is not in the graph, which has ${list(tensors.map((tensor) => tensor.name))}.`,
      );
    }
    if (found.type !== 'float32' || !fits(found.shape, shape)) {
      throw new ModelError(
        'MODEL_INVALID',
        `${side} "${name}": the card says float32 ${shown(shape.map((size) => size ?? 'batch'))}, the graph has ` +
          `${found.type} ${shown(found.shape)}.`,
      );
    }
  }
}

/** An empty shape means that the graph doesn't tell; the warm-up run then does. */
function fits(found: TensorInfo['shape'], expected: Shape): boolean {
  if (found.length === 0) return true;
  return (
    found.length === expected.length &&
    expected.every((size, i) => typeof found[i] === 'string' || found[i] === (size ?? 1))
  );
}

const sameDims = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((size, i) => size === other[i]);

const shown = (dims: readonly (number | string)[]): string => `[${dims.join(', ')}]`;
const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ') || 'none';
