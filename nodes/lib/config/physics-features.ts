import type { StatisticSelection } from './selection.js';

/**
 * The caster features and their statistics by default, so that a name in the file can be checked where its line is known.
 * What they are is told, and computed, by feature-extract; a spec holds both to the same names.
 */
export const PHYSICS_FEATURES: Readonly<Record<string, StatisticSelection>> = {
  row_upper_departure: { mean: [10, 60], max: [60] },
  row_lower_departure: { mean: [10, 60], max: [60] },
  left_right_upper: { mean: [10, 60], max: [60] },
  left_right_lower: { mean: [10, 60], max: [60] },
  row_inversion: { mean: [10, 60], max: [60] },
  hottest_column: { mean: [10, 60], max: [60] },
  coldest_column: { mean: [10, 60], max: [60] },
  sticker_index: { mean: [5], max: [60] },
  two_row_heat: { mean: [5], max: [60] },
  propagation_lag: { mean: [5, 30] },
  propagation_ratio: { mean: [5, 30] },
  crack_index: { mean: [5, 60], max: [120] },
  heat_flux: { mean: [10, 60], deviation: [10, 60], std: [60], slope: [60, 300] },
  stopper_drift: { last: [10], mean: [60, 300], min: [120], max: [120], slope: [60] },
  spray_deficit_1: { last: [10], mean: [60, 300], min: [120], max: [120], slope: [60] },
  spray_deficit_2: { last: [10], mean: [60, 300], min: [120], max: [120], slope: [60] },
  friction_excess: { last: [10], mean: [60, 300], min: [120], max: [120], slope: [60] },
  superheat_margin: { mean: [10, 60, 300] },
  speed_margin: { mean: [10, 60, 300] },
  segregation_index: { mean: [10, 120, 300], max: [120] },
  steady_time: { last: [10] },
  sensors_missing: { mean: [10, 60] },
  sensors_outside: { mean: [10, 300] },
};

/** Statistics of `<thermocouple>_contrast`. */
export const CONTRAST_STATISTICS: StatisticSelection = { mean: [5, 20, 60], std: [60], slope: [30] };
