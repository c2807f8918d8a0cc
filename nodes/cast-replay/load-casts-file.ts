import type { SensorConfig } from '../lib/config/sensors.js';
import type { CsvConfig } from '../lib/config/streaming.js';
import { assignStrands, type CastChoice } from './cast-choice.js';
import { openCast } from './cast-file.js';
import { castNamed, listCasts, type CastEntry } from './cast-library-file.js';
import { startOf } from './cast-readings-file.js';
import type { ReplayCast } from './cast-reel.js';

export interface LoadOptions {
  /** Folder of casts, or one CSV file. */
  readonly folder: string;
  /** Casts that the form names: they alone may be files outside the folder. */
  readonly trusted: readonly CastChoice[];
  readonly sensors: readonly Pick<SensorConfig, 'name' | 'column'>[];
  readonly csv: CsvConfig;
  /** Strands wanted; more than chosen casts are filled up from the folder. */
  readonly strands: number | undefined;
}

/**
 * Opens the chosen casts, each on its strand. None chosen = the first of the folder.
 * @throws CastError when one of them is missing or can't be used
 */
export async function loadCasts(
  choices: readonly CastChoice[],
  options: LoadOptions,
): Promise<readonly ReplayCast[]> {
  const index = await listCasts(options.folder);
  const chosen = choices.map(({ strand, cast }) => {
    const mayLeave = options.trusted.some((one) => one.cast === cast);
    return { strand, cast: castNamed(cast, index, options.folder, mayLeave) };
  });
  return Promise.all(
    assignStrands(chosen, index, options.strands).map(({ strand, cast }) => openOn(strand, cast, options)),
  );
}

async function openOn(strand: string, cast: CastEntry, options: LoadOptions): Promise<ReplayCast> {
  const file = await openCast(cast.path, { ...options, ...startOf(cast) });
  return {
    strand,
    cast,
    duration: file.duration,
    missingSensors: file.missingSensors,
    problem: truncationOf(cast, file.duration),
    rows: (counts) => file.rows(counts),
  };
}

/** The index tells how long a cast is; a file that ends more than 1 % and 2 s sooner has lost its end. */
function truncationOf({ duration: indexed, path }: CastEntry, duration: number | null): string | null {
  if (indexed === undefined || duration === null || duration >= indexed * 0.99 - 2) return null;
  return `${path}: ends after ${duration} s, the index says ${indexed} s. The file is truncated.`;
}
