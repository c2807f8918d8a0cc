/** Work of which one call does `count` pieces. */
export type Work = () => void | Promise<void>;

const ROUNDS = 7;

/**
 * Times two pieces of work by turns, so that what slows the machine down slows both.
 * @returns the medians over the rounds, ms a call; the first round, when code is still being compiled, doesn't count
 */
export async function byTurns(ours: Work, reference: Work, rounds = ROUNDS): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++)
    for (const [which, work] of [ours, reference].entries()) {
      const started = performance.now();
      await work();
      if (round > 0) times[which]!.push(performance.now() - started);
    }
  return [quantile(times[0], 0.5), quantile(times[1], 0.5)];
}

/** The q-quantile of some values, by linear interpolation; NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)] ?? NaN;
  return low + ((sorted[Math.ceil(at)] ?? NaN) - low) * (at - Math.floor(at));
}
