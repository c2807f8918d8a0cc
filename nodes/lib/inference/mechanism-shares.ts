import type { ModelCard } from '../model-card.js';
import type { TensorData } from '../model-node.js';

/** Share of each mechanism in row `row` of the graph's output; undefined when the model doesn't tell mechanisms apart. */
export function mechanismShares(
  outputs: Readonly<Record<string, TensorData>>,
  row: number,
  { output, mechanisms }: Pick<ModelCard, 'mechanisms'> & { output: Pick<ModelCard['output'], 'mechanisms'> },
): Readonly<Record<string, number>> | undefined {
  const shares = output.mechanisms === undefined ? undefined : outputs[output.mechanisms]?.data;
  if (shares === undefined || mechanisms === undefined) return undefined;
  const first = row * mechanisms.length;
  return Object.fromEntries(mechanisms.map((name, i) => [name, Number(shares[first + i])]));
}
