import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { castCsv } from './cast-csv.js';
import { recordCast, type CastHeading, type CastIndexEntry } from './cast-record.js';
import type { CastPlan } from './plan.js';

/** Runs a plan and writes `<id>.csv` and `<id>.json`. */
export function writeCast(folder: string, plan: CastPlan, heading: CastHeading): CastIndexEntry {
  const { cast, index, metadata } = recordCast(plan, heading);
  writeFileSync(join(folder, index.file), castCsv(cast));
  writeFileSync(join(folder, `${index.id}.json`), json(metadata));
  return index;
}

/** Writes `casts.json`, by which a replay finds the casts. */
export function writeIndex(folder: string, casts: readonly CastIndexEntry[]): void {
  writeFileSync(join(folder, 'casts.json'), json({ casts }));
}

/** Six decimals: enough for anything here, and short of the last bits in which machines may differ. */
function json(value: unknown): string {
  const rounded = (_key: string, field: unknown): unknown =>
    typeof field === 'number' ? Math.round(field * 1e6) / 1e6 : field;
  return `${JSON.stringify(value, rounded, 2)}\n`;
}
