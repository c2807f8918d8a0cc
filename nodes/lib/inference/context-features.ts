import type { FeatureVector } from '../messages.js';

/** Features told along with an explanation whatever the model thinks of them. */
const ALWAYS = /^(steady_time\.last|casting_speed\.slope)\.\d+s$/;

/**
 * Picks from a feature vector what the wording of an alarm draws on besides the model's own inputs: the level of each
 * series and its departure from the usual level (both over the shortest window that has them), and whether the casting
 * speed is steady. Which names those are is worked out once, from the first vector.
 */
export class ContextFeatures {
  private names: readonly string[] | null = null;

  pick(features: FeatureVector): Readonly<Record<string, number>> {
    this.names ??= contextNames(Object.keys(features));
    const context: Record<string, number> = {};
    for (const name of this.names) {
      const value = features[name];
      if (typeof value === 'number') context[name] = value;
    }
    return context;
  }
}

function contextNames(names: readonly string[]): string[] {
  const all = new Set(names);
  const windows = new Map<string, number>();
  for (const name of names) {
    const [, series, seconds] = /^(.+)\.mean\.(\d+)s$/.exec(name) ?? [];
    if (series === undefined) continue;
    const isPair = all.has(`${series}.deviation.${seconds}s`) || series.endsWith('_contrast');
    if (isPair) windows.set(series, Math.min(Number(seconds), windows.get(series) ?? Infinity));
  }
  const levels = [...windows].flatMap(([series, seconds]) => [
    `${series}.mean.${seconds}s`,
    `${series}.deviation.${seconds}s`,
  ]);
  return [...levels.filter((name) => all.has(name)), ...names.filter((name) => ALWAYS.test(name))];
}
