import type { Mechanism } from '../lib/mechanisms.js';
import type { Explained, KnownContribution } from './explained.js';
import { featureName } from '../lib/words/feature-words.js';

/**
 * What a series speaks for when it raises the risk (docs/caster.md, section 4). Thermocouples are apart: they speak for
 * a sticker when hot and for a crack when cold.
 */
const FAMILIES: readonly (readonly [series: RegExp, mechanism: Mechanism])[] = [
  [/^(sticker_index|two_row_heat|hottest_column|propagation_|row_inversion)/, 'sticker'],
  [/^(crack_index|coldest_column)/, 'long_crack'],
  [/^(stopper_|mold_level|left_right_)/, 'slag_entrainment'],
  [/^(spray_|strand_surface)/, 'cooling_crack'],
  [/^(superheat|segregation_index|speed_margin|tundish_temperature)/, 'segregation'],
  [/^(oscillation_|friction_|mold_friction)/, 'oscillation'],
];

/** Share of each mechanism in the contributions that speak for a defect; null when none speaks for any. */
export function familyShares(models: readonly Explained[]): ReadonlyMap<string, number> | null {
  const shares = new Map<string, number>();
  let total = 0;
  for (const { weight, contributions } of models) {
    for (const contribution of contributions) {
      const share = weight * contribution.contribution;
      const mechanism = share > 0 ? familyOf(contribution) : null;
      if (mechanism === null) continue;
      shares.set(mechanism, (shares.get(mechanism) ?? 0) + share);
      total += share;
    }
  }
  return total > 0 ? new Map([...shares].map(([name, share]) => [name, share / total])) : null;
}

function familyOf({ feature, value }: KnownContribution): Mechanism | null {
  const { series, statistic } = featureName(feature);
  const family = FAMILIES.find(([pattern]) => pattern.test(series))?.[1];
  if (family !== undefined) return family;
  if (!series.startsWith('tc_') || value === null) return null;
  // Only what has a sign tells hot from cold; a level in °C or a spread doesn't.
  const isSigned = statistic === 'deviation' || statistic === 'slope' || series.endsWith('_contrast');
  if (!isSigned || statistic === 'std') return null;
  return value > 0 ? 'sticker' : 'long_crack';
}
