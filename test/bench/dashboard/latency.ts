/** From the entry of each reading to the picture that first shows it, or a later one. Pure. */

type Entry = readonly [castMs: number, wall: number];
type Painted = readonly [castS: number, wall: number];

const DAY_S = 86_400;
/** A cast that begins anew steps back in time: what wasn't shown until then never is. */
const LOST_MS = 30_000;

export interface Latencies {
  readonly ms: readonly number[];
  /** Readings that entered while the page was watched, and were never shown. */
  readonly lost: number;
}

/** @param entries and `painted` oldest first */
export function latencies(entries: readonly Entry[], painted: readonly Painted[]): Latencies {
  const [first, last] = [painted[0]?.[1] ?? Infinity, painted.at(-1)?.[1] ?? -Infinity];
  const ms: number[] = [];
  let lost = 0;
  for (const [castMs, wall] of entries) {
    if (wall < first || wall > last - LOST_MS / 10) continue;
    const castS = Math.floor(castMs / 1000) % DAY_S;
    const shown = painted.find(([at, when]) => when >= wall && at >= castS && when - wall < LOST_MS);
    if (shown === undefined) lost++;
    else ms.push(shown[1] - wall);
  }
  return { ms, lost };
}
