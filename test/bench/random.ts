/** A random walk around a level, the same for the same seed: what a mold level looks like to a rolling statistic. */
export function walk(length: number, seed = 1): Float64Array {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const values = new Float64Array(length);
  let level = 0;
  for (let i = 0; i < length; i++) {
    level = 0.98 * level + next();
    values[i] = 100 + level + 0.2 * next();
  }
  return values;
}
