import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { didYouMean } from '../nodes/lib/config/did-you-mean.js';
import { UsageError } from './options.js';

const indexSchema = z.object({
  casts: z.array(z.object({ id: z.string(), title: z.string().optional() })),
});

/** Ids of the casts in a folder, in the order of its `casts.json`. @throws UsageError when there is no such index */
export function castsIn(folder: string): readonly string[] {
  const file = join(folder, 'casts.json');
  try {
    return indexSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).casts.map(({ id }) => id);
  } catch (err) {
    throw new UsageError(`${file}: no usable index of casts (${firstLine(err)}).`, { cause: err });
  }
}

/** @throws UsageError naming the first unknown cast, and the ones there are */
export function checkCasts(wanted: readonly string[], known: readonly string[]): void {
  for (const id of wanted) {
    if (known.includes(id)) continue;
    const close = didYouMean(id, known);
    const hint = close === null ? '' : ` Did you mean ${close}?`;
    throw new UsageError(`Unknown cast "${id}".${hint} Known: ${known.join(', ')}.`);
  }
}

const firstLine = (err: unknown): string =>
  (err instanceof Error ? err.message : String(err)).split('\n')[0]!.trim();
