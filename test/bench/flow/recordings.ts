import { readFileSync } from 'node:fs';
import { castInSeries, usual } from '../../../models/simulator/cast-series.js';
import { channels } from '../../../models/simulator/channels.js';
import { runCast } from '../../../models/simulator/run.js';
import { castNamed, listCasts } from '../../../nodes/cast-replay/cast-library-file.js';
import { castReadings } from '../../../nodes/cast-replay/cast-readings-file.js';
import { readConfig } from '../../../nodes/lib/config/read-config.js';
import { numberOrNull, type Reading } from '../../../nodes/lib/messages.js';
import { shipped } from '../../../nodes/lib/package-paths.js';

/** What strands are played from: plain arrays, so that the collector has nothing to walk through that no plant has. */
export interface Recording {
  readonly grade: string;
  /** Readings, one a second. */
  readonly length: number;
  /** By sensor; NaN where missing. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

const CALM_CASTS = 10;
const SEED = 6;

/** Simulated casts of an hour and more in which only sensors fail now and then, as nearly all casting is. */
export function calmCasts(): Recording[] {
  return Array.from({ length: CALM_CASTS }, (_, index) => {
    const { plan } = castInSeries('iid', SEED, index, { ...usual, calm: true });
    const { duration, readings } = runCast(plan);
    const columns = new Map(channels.map((name) => [name, readings[name]]));
    return { grade: plan.grade, length: duration, columns };
  });
}

/** A cast that comes with StrandWatch. */
export async function shippedCast(name: string): Promise<Recording> {
  const { config } = readConfig(readFileSync(shipped.config(), 'utf8'), 'realtime_inference.yaml');
  const cast = castNamed(name, await listCasts(shipped.casts()), shipped.casts());
  const rows: Reading[] = [];
  for await (const { payload } of castReadings(cast, { sensors: config.sensors, csv: config.streaming.csv }))
    rows.push(payload);
  const columns = new Map(
    config.sensors.map((sensor) => [sensor.name, Float64Array.from(rows, (row) => row[sensor.name] ?? NaN)]),
  );
  return { grade: cast.grade ?? '', length: rows.length, columns };
}

export function readingAt({ columns }: Recording, second: number): Reading {
  const reading: Reading = {};
  for (const [sensor, values] of columns) reading[sensor] = numberOrNull(values[second]!);
  return reading;
}
