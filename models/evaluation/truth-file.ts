import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { asError, CastError } from '../../nodes/lib/errors.js';
import type { CastEntry } from '../../nodes/cast-replay/cast-library-file.js';
import type { CastTruth } from './truth.js';

const second = z.number().int().nonnegative();

/** The part of `<id>.json` that tells what really happened; docs/simulator.md describes the file. */
const truthSchema = z.object({
  events: z.array(z.object({ type: z.string(), onset: second, complete: z.number(), end: second })),
  sensorFaults: z.array(z.object({ type: z.string(), onset: second, end: second })).default([]),
  hardNegatives: z.array(z.unknown()).optional(),
});

const COLUMNS = ['y_any', 'ignore'] as const;

/**
 * Reads the truth about a cast: `<id>.json` beside the CSV, and the CSV's columns `y_any` and `ignore`.
 * @throws CastError naming the file and what it lacks
 */
export function readTruth({ id, path, mold }: CastEntry): CastTruth {
  const about = join(dirname(path), `${id}.json`);
  const { events, sensorFaults: faults, hardNegatives } = parsed(about);
  const [defect, ignored] = labelColumns(path);
  return {
    ...{ id, mold: mold ?? null, defect, ignored, events, faults },
    lookAlikes: hardNegatives?.length ?? null,
  };
}

function parsed(path: string): z.infer<typeof truthSchema> {
  try {
    return truthSchema.parse(JSON.parse(readText(path)));
  } catch (cause) {
    if (cause instanceof CastError) throw cause;
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : asError(cause).message;
    throw new CastError('CAST_INVALID', `${path}: expected events of a cast: ${reason}`, { cause });
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const message = `${path} can't be read (${asError(cause).message}). Casts are judged by their true events: use casts of \`npm run casts\`.`;
    throw new CastError('CAST_UNREADABLE', message, { cause });
  }
}

/** One entry per row. Label files are written by programs: plain commas, no quotes. */
function labelColumns(path: string): [Uint8Array, Uint8Array] {
  const [header = '', ...rows] = readText(path).trimEnd().split(/\r?\n/);
  const names = header.split(',');
  const [defect, ignore] = COLUMNS.map((name) => {
    const at = names.indexOf(name);
    if (at >= 0) return at;
    throw new CastError('CAST_INVALID', `${path}:1: expected the label columns ${COLUMNS.join(' and ')}.`);
  }) as [number, number];
  const labels: [Uint8Array, Uint8Array] = [new Uint8Array(rows.length), new Uint8Array(rows.length)];
  rows.forEach((row, i) => {
    const cells = row.split(',');
    labels[0][i] = Number(cells[defect]) > 0 ? 1 : 0;
    labels[1][i] = Number(cells[ignore]) > 0 ? 1 : 0;
  });
  return labels;
}
