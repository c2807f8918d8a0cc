import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
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
/** Far above the index of any library of casts (1 kB per cast); it keeps a wrong file from filling the memory. */
const MAX_INDEX_BYTES = 32 * 1024 * 1024;

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

/**
 * The entry of a cast id, or of a CSV file named by its path (relative to the folder).
 * @param mayLeave whether the file may lie outside the folder: whoever may edit the flow may name any file, a message may not
 * @throws CastError when there is none, or it lies where it may not
 */
export function castNamed(
  name: string,
  casts: readonly CastEntry[],
  folderOrFile: string,
  mayLeave = false,
): CastEntry {
  const found = casts.find(({ id }) => id === name);
  if (found !== undefined) return found;
  if (extname(name).toLowerCase() === '.csv') {
    const folder = extname(folderOrFile) === '' ? folderOrFile : dirname(folderOrFile);
    const path = resolve(folder, name);
    if (!mayLeave && !isInside(path, folder)) {
      throw new CastError(
        'CAST_UNREADABLE',
        `cast ${shown(name)}: outside the casts folder ${folder}, where no message may reach. Copy it there, or name it in the node's form.`,
      );
    }
    return casts.find((cast) => cast.path === path) ?? fileEntry(path);
  }
  const known = casts.map(({ id }) => id);
  throw new CastError(
    'CAST_UNREADABLE',
    `cast ${shown(name)}: not in ${folderOrFile}, which has ${known.length === 0 ? 'none' : known.join(', ')}.`,
  );
}

/** By the names alone: a link inside the folder was put there by who owns it. */
const isInside = (path: string, folder: string): boolean =>
  path.startsWith(resolve(folder).replace(/[\\/]?$/, sep));

const fileEntry = (path: string): CastEntry => ({ id: basename(path, extname(path)), path: resolve(path) });

async function readIndex(folder: string): Promise<CastEntry[]> {
  const path = join(folder, INDEX);
  try {
    const { size } = await stat(path);
    if (size > MAX_INDEX_BYTES) throw new Error(`it has ${size} bytes, more than ${MAX_INDEX_BYTES}`);
    const { casts } = indexSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    const outside = casts.find(({ file }) => !isInside(resolve(folder, file), folder));
    if (outside !== undefined)
      throw new Error(`the file of cast ${shown(outside.id)} lies outside the folder`);
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
