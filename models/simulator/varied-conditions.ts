import type { Random } from './random.js';
import type { Conditions } from './splits.js';

/**
 * Conditions of one cast's own, from a little easier than usual to clearly harder: on these, calibration is fitted.
 * Factors on those of the split. Ranges: docs/decisions/0021
 */
export function variedConditions(random: Random, usual: Conditions): Conditions {
  return {
    ...usual,
    noise: usual.noise * random.uniform(0.85, 1.3),
    bulging: usual.bulging * random.uniform(0.8, 1.5),
    thermocoupleLag: usual.thermocoupleLag * random.uniform(0.85, 1.3),
    hardNegatives: usual.hardNegatives * random.uniform(0.8, 1.5),
  };
}
