/** Past casts laid over each other: median and 5-95 % band at each point of a common axis. Pure. */

export interface Curve {
  /** Ascending; s of cast time or m of strand. */
  readonly at: readonly number[];
  readonly values: readonly (number | null)[];
}

export interface Band {
  readonly low: readonly (number | null)[];
  readonly median: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** Fewer curves than this at a point have a median and no band. */
const FEWEST_FOR_BAND = 3;

/** Points from 0 on, `step` apart, up to the longest curve. */
export function gridFor(curves: readonly Curve[], step: number): readonly number[] {
  const end = Math.max(0, ...curves.map(({ at }) => at.at(-1) ?? 0));
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}

/** The curve at the points of the grid, straight between its points; null outside, beside a missing value, and over a gap. */
export function resampled(
  { at, values }: Curve,
  grid: readonly number[],
  longestGap: number,
): (number | null)[] {
  let next = 0;
  return grid.map((point) => {
    while (next < at.length && at[next]! < point) next++;
    if (next >= at.length) return null;
    const after = values[next] ?? null;
    if (at[next] === point || next === 0) return at[next] === point ? after : null;
    const before = values[next - 1] ?? null;
    const gap = at[next]! - at[next - 1]!;
    if (before === null || after === null || gap > longestGap) return null;
    return before + ((after - before) * (point - at[next - 1]!)) / gap;
  });
}

/** Quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7). @param sorted not empty */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)]!;
  return below + (position - Math.floor(position)) * (sorted[Math.ceil(position)]! - below);
}

export function bandOf(rows: readonly (readonly (number | null)[])[], points: number): Band {
  const band: { low: (number | null)[]; median: (number | null)[]; high: (number | null)[] } = {
    ...{ low: [], median: [], high: [] },
  };
  for (let point = 0; point < points; point++) {
    const values = rows
      .map((row) => row[point] ?? null)
      .filter((value) => value !== null)
      .sort((one, other) => one - other);
    const hasBand = values.length >= FEWEST_FOR_BAND;
    band.median.push(values.length === 0 ? null : quantile(values, 0.5));
    band.low.push(hasBand ? quantile(values, 0.05) : null);
    band.high.push(hasBand ? quantile(values, 0.95) : null);
  }
  return band;
}

/** Positions that don't advance (a strand at rest) are left out, so that the axis ascends. */
export function ascending(at: readonly (number | null)[], values: readonly (number | null)[]): Curve {
  const kept: { at: number[]; values: (number | null)[] } = { at: [], values: [] };
  at.forEach((point, index) => {
    if (point === null || point <= (kept.at.at(-1) ?? -Infinity)) return;
    kept.at.push(point);
    kept.values.push(values[index] ?? null);
  });
  return kept;
}
