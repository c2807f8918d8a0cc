import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { z } from 'zod';
import { asError, CastError, shown } from '../lib/errors.js';

/** What really happened in a recorded cast, s since its begin: for people to compare with, never for models. */
const eventSchema = z.object({
  type: z.string(),
  onset: z.number(),
  end: z.number(),
  detectable: z.number().optional(),
});

/** Index of a folder of casts; what it holds besides is for training, and stays there. */
const indexSchema = z.object({
  casts: z.array(
    z.object({
      id: z.string().min(1),
      file: z.string().min(1),
      title: z.string().optional(),
      scenario: z.string().optional(),
      strand: z.string().optional(),
      heat: z.string().optional(),
      grade: z.string().optional(),
      mold: z.union([z.string(), z.number()]).transform(String).optional(),
      start: z.iso.datetime({ offset: true, local: false }).optional(),
      duration: z.number().positive().optional(),
      // Labels of another make are not shown; the casts can be replayed all the same.
      events: z.array(eventSchema).optional().catch(undefined),
    }),
  ),
});

/** A cast that can be replayed. `path` is absolute, `duration` in s. */
export type CastEntry = Omit<z.infer<typeof indexSchema>['casts'][number], 'file'> & {
  readonly path: string;
};

/** What a cast's entry tells to people: all but where the file lies. */
export const publicEntry = (cast: CastEntry): Omit<CastEntry, 'path'> =>
  Object.fromEntries(
    Object.entries(cast).filter(([key, value]) => key !== 'path' && value !== undefined),
  ) as Omit<CastEntry, 'path'>;

const INDEX = 'casts.json';

/**
 * The casts of a folder: those its `casts.json` lists, else every CSV file in it by name; or the one CSV file named.
 * @throws CastError when there is no such folder or file, or the index is not as it should be
 */
export async function listCasts(folderOrFile: string): Promise<CastEntry[]> {
  const kind = await stat(folderOrFile).catch((cause: unknown) => {
    throw new CastError(
      'CAST_UNREADABLE',
      `${folderOrFile}: no such folder or CSV file. Check the casts folder.`,
      {
        cause,
      },
    );
  });
  if (kind.isFile()) return [fileEntry(folderOrFile)];
  const files = await readdir(folderOrFile);
  if (files.includes(INDEX)) return readIndex(folderOrFile);
  const byName = new Intl.Collator('en', { numeric: true }).compare;
  return files
    .filter((file) => extname(file).toLowerCase() === '.csv')
    .sort(byName)
    .map((file) => fileEntry(join(folderOrFile, file)));
}

/** The entry of a cast id, or of a CSV file named by its path (relative to the folder). */
export function castNamed(name: string, casts: readonly CastEntry[], folderOrFile: string): CastEntry {
  const found = casts.find(({ id }) => id === name);
  if (found !== undefined) return found;
  if (extname(name).toLowerCase() === '.csv') {
    const folder = extname(folderOrFile) === '' ? folderOrFile : dirname(folderOrFile);
    const path = resolve(folder, name);
    return casts.find((cast) => cast.path === path) ?? fileEntry(path);
  }
  const known = casts.map(({ id }) => id);
  throw new CastError(
    'CAST_UNREADABLE',
    `cast ${shown(name)}: not in ${folderOrFile}, which has ${known.length === 0 ? 'none' : known.join(', ')}.`,
  );
}

const fileEntry = (path: string): CastEntry => ({ id: basename(path, extname(path)), path: resolve(path) });

async function readIndex(folder: string): Promise<CastEntry[]> {
  const path = join(folder, INDEX);
  try {
    const { casts } = indexSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return casts.map(({ file, ...entry }) => ({ ...entry, path: resolve(folder, file) }));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : asError(cause).message;
    throw new CastError(
      'CAST_INVALID',
      `${path}: expected an index of casts, got something else: ${reason}`,
      { cause },
    );
  }
}
