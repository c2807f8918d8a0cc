import { ConfigError, shown } from '../../nodes/lib/errors.js';
import { numberField } from '../../nodes/lib/parse-field.js';
import { typedOptions } from '../command-line.js';

export interface FeaturesOptions {
  readonly config: string | null;
  /** Null when nothing but a description is wanted. */
  readonly casts: string | null;
  readonly out: string | null;
  readonly sequenceOut: string | null;
  readonly describe: string | null;
  /** Label columns of the recordings; empty when none are wanted. */
  readonly labels: readonly string[];
  /** s between two rows; null takes the configuration's. */
  readonly every: number | null;
  readonly workers: number;
  readonly quiet: boolean;
}

export const usage = `Computes the features of recorded casts, with the code that the nodes run.

  npm run features -- --config flows/config/realtime_inference.yaml --casts flows/casts --out out/features.csv

  --casts FILE_OR_DIR   a CSV file, a folder with casts.json, or a folder of CSV files   (needed)
  --out FILE.csv        one row per instant: cast, strand, timestamp, elapsed, and every feature; empty where it can't be computed
  --out FILE.npy        the same as a float32 matrix (first column: elapsed; NaN where it can't be computed), with
                        FILE.json beside it: columns, rows of each cast, hash of the feature specification
  --sequence-out DIR    per cast a float32 matrix [seconds][channels] of the sequence model's channels, with channels.json
  --labels A,B          with --out FILE: also FILE.labels.csv, the label columns A and B of the recordings: cast, elapsed, A, B;
                        for training alone: they never become features
  --describe FILE.md    says what every feature of the configuration is: unit, formula, source; needs no casts
  --config FILE         the configuration                         (default flows/config/realtime_inference.yaml)
  --every S             s of cast time between two rows           (default streaming.inference_interval)
  --workers N           processes, 1 to 64                        (default 2)
  --quiet               say nothing but errors
  --help                this text`;

const OPTIONS = {
  config: { type: 'string' },
  casts: { type: 'string' },
  out: { type: 'string' },
  'sequence-out': { type: 'string' },
  describe: { type: 'string' },
  labels: { type: 'string' },
  every: { type: 'string' },
  workers: { type: 'string' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * @returns null when only help is wanted
 * @throws ConfigError `FIELD_INVALID`, one line
 */
export function parseOptions(args: readonly string[]): FeaturesOptions | null {
  const given = typedOptions(args, OPTIONS);
  if (given.help === true) return null;
  const { out = null, 'sequence-out': sequenceOut = null, describe = null, casts = null } = given;
  if (out === null && sequenceOut === null && describe === null)
    throw new ConfigError(
      'FIELD_INVALID',
      '--out is missing: expected a file, as in --out out/features.csv, or --sequence-out.',
    );
  if (out !== null && !/\.(csv|npy)$/.test(out))
    throw new ConfigError(
      'FIELD_INVALID',
      `--out: expected a name ending in .csv or .npy, got ${shown(out)}.`,
    );
  if (casts === null && (out !== null || sequenceOut !== null))
    throw new ConfigError('FIELD_INVALID', '--casts is missing: expected a CSV file or a folder of casts.');
  const labels = given.labels === undefined ? [] : given.labels.split(',').map((name) => name.trim());
  if (labels.includes('') || (labels.length > 0 && out === null))
    throw new ConfigError(
      'FIELD_INVALID',
      '--labels: expected names of columns with a comma between them, and --out.',
    );
  return {
    config: given.config ?? null,
    casts,
    out,
    sequenceOut,
    describe,
    labels,
    every: numberField(given.every, null, { field: '--every', min: 0.001, max: 86_400 }),
    workers: numberField(given.workers, 2, { field: '--workers', min: 1, max: 64, integer: true }),
    quiet: given.quiet === true,
  };
}
