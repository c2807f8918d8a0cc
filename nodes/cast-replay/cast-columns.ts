import type { SensorConfig } from '../lib/config/sensors.js';
import type { CsvConfig } from '../lib/config/streaming.js';
import { CastError, shown } from '../lib/errors.js';

/** Where in a row of the file each thing stands. */
export interface CastColumns {
  readonly count: number;
  readonly time: number;
  /** -1 when the file has none. */
  readonly position: number;
  /** Per sensor of the configuration; -1 when the file has no such column. */
  readonly sensors: readonly number[];
  /** Sensors of the configuration that the file doesn't have. */
  readonly missing: readonly string[];
}

type Sensor = Pick<SensorConfig, 'name' | 'column'>;
const USUAL_TIME_COLUMNS = ['t', 'time', 'timestamp', 'datetime'];

/**
 * Finds the configured columns in a header. Whatever else the file holds, labels among it, is left where it is.
 * @throws CastError when there is no time column, or not one sensor of the configuration
 */
export function castColumns(
  header: readonly string[],
  sensors: readonly Sensor[],
  csv: Pick<CsvConfig, 'time_column' | 'position_column'>,
  file: string,
): CastColumns {
  const names = header.map((name) => name.trim());
  const told = names.length > 8 ? `${names.slice(0, 8).join(', ')}, ...` : names.join(', ');
  const time =
    csv.time_column === undefined
      ? (USUAL_TIME_COLUMNS.map((usual) => names.findIndex((name) => name.toLowerCase() === usual)).find(
          (index) => index >= 0,
        ) ?? -1)
      : names.indexOf(csv.time_column);
  if (time < 0) {
    const expected =
      csv.time_column === undefined
        ? `one of ${USUAL_TIME_COLUMNS.join(', ')}`
        : `named ${shown(csv.time_column)}`;
    throw new CastError(
      'CAST_INVALID',
      `${file}:1: expected a time column ${expected}, got ${shown(told)}. Set streaming.csv.time_column (or delimiter).`,
    );
  }
  const columns = sensors.map(({ name, column }) => names.indexOf(column ?? name));
  const missing = sensors.filter((_, index) => columns[index]! < 0).map(({ name }) => name);
  if (missing.length === sensors.length) {
    throw new CastError(
      'CAST_INVALID',
      `${file}:1: expected columns of the configured sensors, got ${shown(told)}. Set sensors[].column to the names in the file.`,
    );
  }
  return {
    count: names.length,
    time,
    position: names.indexOf(csv.position_column),
    sensors: columns,
    missing,
  };
}
