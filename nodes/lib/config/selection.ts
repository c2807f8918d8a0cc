import type { StatisticName } from './features.js';

/** Which statistic over which windows, s. */
export type StatisticSelection = Readonly<Partial<Record<StatisticName, readonly number[]>>>;

/** A list takes every window; a map names the windows of each statistic. */
export function selectionFrom(
  statistics: readonly StatisticName[] | StatisticSelection,
  windows: readonly number[],
): StatisticSelection {
  return isList(statistics) ? Object.fromEntries(statistics.map((name) => [name, windows])) : statistics;
}

const isList = (value: readonly StatisticName[] | StatisticSelection): value is readonly StatisticName[] =>
  Array.isArray(value);
