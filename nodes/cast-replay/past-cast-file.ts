import type { SensorConfig } from '../lib/config/sensors.js';
import type { CsvConfig } from '../lib/config/streaming.js';
import { ConfigError, shown } from '../lib/errors.js';
import { openCast } from './cast-file.js';
import type { CastEntry } from './cast-library-file.js';
import { startOf } from './cast-readings-file.js';

/** One sensor of a recorded cast, for people to compare with. */
export interface PastCast {
  readonly id: string;
  readonly grade: string | null;
  readonly sensor: string;
  /** s since the first row; m of strand, null where the file doesn't tell; the sensor's unit, null where missing. */
  readonly elapsed: readonly number[];
  readonly positions: readonly (number | null)[];
  readonly values: readonly (number | null)[];
}

/** s of cast time between two points: finer than any chart of a cast. */
const STEP_S = 5;
/** A cast of a day at the step above. */
const MOST_POINTS = 20_000;

/**
 * Reads one sensor of a cast, a point every five seconds.
 * @throws ConfigError when the sensor isn't configured; CastError when the file can't be read
 */
export async function readPastCast(
  cast: CastEntry,
  sensor: unknown,
  options: {
    readonly sensors: readonly Pick<SensorConfig, 'name' | 'column'>[];
    readonly csv: CsvConfig;
  },
): Promise<PastCast> {
  if (typeof sensor !== 'string' || !options.sensors.some(({ name }) => name === sensor))
    throw new ConfigError(
      'FIELD_INVALID',
      `read-cast: expected the name of a configured sensor, got ${shown(sensor)}.`,
    );
  const file = await openCast(cast.path, { ...options, ...startOf(cast) });
  const [elapsed, positions, values]: [number[], (number | null)[], (number | null)[]] = [[], [], []];
  for await (const row of file.rows()) {
    const last = elapsed.at(-1);
    if (last !== undefined && row.elapsed < last + STEP_S) continue;
    elapsed.push(row.elapsed);
    positions.push(row.position ?? null);
    values.push(row.reading[sensor] ?? null);
    if (elapsed.length === MOST_POINTS) break;
  }
  return { id: cast.id, grade: cast.grade ?? null, sensor, elapsed, positions, values };
}
