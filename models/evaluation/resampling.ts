import { Random } from '../simulator/random.js';
import { quantile } from './quantile.js';

/** How often each item counts in each replicate: as many draws as items, with putting back. */
export function resamples(items: number, replicates: number, seed: string): Uint16Array[] {
  const random = new Random(seed);
  return Array.from({ length: replicates }, () => {
    const times = new Uint16Array(items);
    for (let draw = 0; draw < items; draw++) times[random.integer(0, items - 1)]!++;
    return times;
  });
}

/** Each item as many times as it counts. */
export const drawn = <Item>(items: readonly Item[], times: ArrayLike<number>): Item[] =>
  items.flatMap((item, i) => Array.from({ length: times[i]! }, () => item));

export type Interval = readonly [low: number, high: number];

/** The middle 95 % of a figure's replicates; null when a replicate has none. Source: Efron, Annals of Statistics 7(1), 1979. */
export function percentileInterval(values: readonly (number | null)[]): Interval | null {
  const known = values.filter((value) => value !== null).sort((one, other) => one - other);
  if (known.length === 0 || known.length < values.length) return null;
  return [quantile(known, 0.025), quantile(known, 0.975)];
}
