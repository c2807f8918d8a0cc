import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { castCsv } from './cast-csv.js';
import { recordCast, type CastHeading, type CastIndexEntry } from './cast-record.js';
import type { CastPlan } from './plan.js';

/** Runs a plan and writes `<id>.csv` and `<id>.json`. */
export function writeCast(folder: string, plan: CastPlan, heading: CastHeading): CastIndexEntry {
  const { cast, index, metadata } = recordCast(plan, heading);
  writeFileSync(join(folder, index.file), castCsv(cast));
  writeFileSync(join(folder, `${index.id}.json`), `${JSON.stringify(metadata, null, 2)}\n`);
  return index;
}

/** Writes `casts.json`, by which a replay finds the casts. */
export function writeIndex(folder: string, casts: readonly CastIndexEntry[]): void {
  writeFileSync(join(folder, 'casts.json'), `${JSON.stringify({ casts }, null, 2)}\n`);
}
