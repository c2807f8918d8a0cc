import type { Contribution, NormalRange } from '../messages.js';

/** What is known of a feature at an instant. */
export interface Facts {
  /** The feature of this place in `names`. */
  readonly valueOf: (index: number) => number | null;
  readonly normalOf: (name: string) => NormalRange | undefined;
}

/**
 * The `count` contributions of largest magnitude, largest first; of equals, the one named first.
 * @param shares log-odds per name, in the order of `names`; a share that is no number is left out
 */
export function topContributions(
  names: readonly string[],
  shares: ArrayLike<number>,
  count: number,
  { valueOf, normalOf }: Facts,
): Contribution[] {
  const top: number[] = [];
  for (let i = 0; i < names.length; i++) {
    const size = Math.abs(shares[i]!);
    if (Number.isNaN(size)) continue;
    if (top.length === count && !(size > Math.abs(shares[top[count - 1]!]!))) continue;
    let place = top.length === count ? count - 1 : top.length;
    while (place > 0 && size > Math.abs(shares[top[place - 1]!]!)) {
      top[place] = top[place - 1]!;
      place--;
    }
    if (count > 0) top[place] = i;
  }
  return top.map((i) => {
    const known = { feature: names[i]!, value: valueOf(i), contribution: shares[i]! };
    const normal = normalOf(names[i]!);
    return normal === undefined ? known : { ...known, normal };
  });
}
