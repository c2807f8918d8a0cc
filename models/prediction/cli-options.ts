import { ConfigError } from '../../nodes/lib/errors.js';
import { numberField } from '../../nodes/lib/parse-field.js';
import { typedOptions } from '../command-line.js';

export interface PredictOptions {
  readonly config: string | null;
  readonly casts: string;
  /** A card's path; `{cast}` in it stands for the cast's id. */
  readonly model: string;
  readonly out: string;
  /** s between two predictions; null takes the configuration's. */
  readonly every: number | null;
}

export const usage = `Asks a baseline model about recorded casts, with the code that the nodes run: buffer, features and inference.

  npm run predict -- --config flows/config/skab.yaml --model out/own/model.yaml --casts DIR --out out/own/predictions.csv

  --casts FILE_OR_DIR   a CSV file, a folder with casts.json, or a folder of CSV files   (needed)
  --model CARD.yaml     the model card; {cast} in it stands for the cast's id: each cast its own model   (needed)
  --out FILE.csv        one row per instant: cast, elapsed (s), probability, and the three inputs that say most   (needed)
  --config FILE         the configuration                         (default flows/config/realtime_inference.yaml)
  --every S             s of cast time between two predictions    (default streaming.inference_interval)
  --help                this text`;

const OPTIONS = {
  config: { type: 'string' },
  casts: { type: 'string' },
  model: { type: 'string' },
  out: { type: 'string' },
  every: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * @returns null when only help is wanted
 * @throws ConfigError `FIELD_INVALID`, one line
 */
export function parseOptions(args: readonly string[]): PredictOptions | null {
  const given = typedOptions(args, OPTIONS);
  if (given.help === true) return null;
  return {
    config: given.config ?? null,
    casts: needed(given.casts, '--casts', 'a CSV file or a folder of casts'),
    model: needed(given.model, '--model', "a model's card, as in --model out/own/model.yaml"),
    out: needed(given.out, '--out', 'a file, as in --out predictions.csv'),
    every: numberField(given.every, null, { field: '--every', min: 0.001, max: 86_400 }),
  };
}

function needed(value: string | undefined, option: string, what: string): string {
  if (value !== undefined) return value;
  throw new ConfigError('FIELD_INVALID', `${option} is missing: expected ${what}.`);
}
