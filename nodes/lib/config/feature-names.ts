import type { StatisticName } from './features.js';
import { CONTRAST_STATISTICS, PHYSICS_FEATURES } from './physics-features.js';
import { selectionFrom, type StatisticSelection } from './selection.js';

/** The sections that decide which features there are. */
export interface FeatureSources {
  readonly sensors: readonly { readonly name: string }[];
  readonly process?:
    | { readonly thermocouples: { readonly upper: readonly string[]; readonly lower: readonly string[] } }
    | undefined;
  readonly features: {
    readonly physics: boolean;
    readonly windows: readonly number[];
    readonly statistics: readonly StatisticName[] | StatisticSelection;
    readonly sensors: Readonly<Record<string, OwnSelection>>;
    readonly derived: readonly { readonly name: string }[];
    readonly correlations: readonly {
      readonly pair: readonly [string, string];
      readonly windows: readonly number[];
    }[];
  };
}

interface OwnSelection {
  readonly windows?: readonly number[] | undefined;
  readonly statistics?: readonly StatisticName[] | StatisticSelection | undefined;
}

/** Names of all features of a configuration, such as `mold_level.std.60s`. */
export function featureNames({ sensors, process, features }: FeatureSources): ReadonlySet<string> {
  const common = selectionFrom(features.statistics, features.windows);
  const names = new Set<string>();
  const add = (series: string, usual: StatisticSelection): void => {
    const own = features.sensors[series];
    const selection =
      own === undefined
        ? usual
        : selectionFrom(own.statistics ?? features.statistics, own.windows ?? features.windows);
    for (const [statistic, windows] of Object.entries(selection))
      for (const seconds of windows) names.add(`${series}.${statistic}.${seconds}s`);
  };
  for (const { name } of [...sensors, ...features.derived]) add(name, common);
  if (features.physics) {
    const { upper = [], lower = [] } = process?.thermocouples ?? {};
    for (const sensor of [...upper, ...lower]) add(`${sensor}_contrast`, CONTRAST_STATISTICS);
    for (const [name, statistics] of Object.entries(PHYSICS_FEATURES)) add(name, statistics);
  }
  for (const { pair, windows } of features.correlations)
    for (const seconds of windows) names.add(`${pair[0]}.corr.${pair[1]}.${seconds}s`);
  return names;
}
