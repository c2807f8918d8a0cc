import { ConfigError } from '../../nodes/lib/errors.js';
import { numberField } from '../../nodes/lib/parse-field.js';
import { typedOptions } from '../command-line.js';
import type { Prices } from './cost.js';

export interface EvaluateOptions {
  /** Null: casts are simulated. */
  readonly casts: string | null;
  /** Simulated casts have sensor faults and nothing else wrong. */
  readonly faultsOnly: boolean;
  readonly config: string | null;
  readonly models: string | null;
  readonly json: boolean;
  readonly figures: string | null;
  readonly prices: Prices | null;
  /** Whether the ensemble's calibration is fitted on these casts. */
  readonly calibrate: boolean;
  readonly replicates: number;
  readonly workers: number;
  readonly quiet: boolean;
}

export const usage = `Plays casts through the cores of the nodes and judges rules, models, ensemble and alarms by what really happened.

  npm run evaluate -- --casts out/casts/heldout
  npm run -s evaluate -- --casts out/casts/heldout --json > figures.json

  --casts DIR         casts of \`npm run casts\`          (default: 60 held-out casts of seed 2026, made in out/evaluation)
  --faults-only       without --casts: 120 held-out casts with faulty sensors and nothing else wrong
  --config FILE       the configuration                 (default flows/config/realtime_inference.yaml)
  --models DIR        folder with baseline/model.yaml and sequence/model.yaml             (default: those shipped)
  --json              all figures on standard output, and nothing else there
  --figures DIR       writes reliability.svg, recall.svg and lead-times.svg
  --cost-missed X     price of a missed event; with --cost-false: prints the thresholds that cost least
  --cost-false Y      price of a false alarm, in the same currency
  --event-rate N      events per 100 strand-hours on your plant   (default: as many as in the casts, which is far too many)
  --calibrate         fits the ensemble's calibration on these casts, and what moves with it: use validation casts
  --bootstrap N       resamples behind each interval, 20 to 10000                         (default 1000)
  --workers N         processes, 1 to 64                                                  (default: one per core)
  --quiet             no progress on standard error
  --help              this text

docs/evaluation.md tells how to read the figures.`;

const OPTIONS = {
  casts: { type: 'string' },
  'faults-only': { type: 'boolean' },
  config: { type: 'string' },
  models: { type: 'string' },
  json: { type: 'boolean' },
  figures: { type: 'string' },
  'cost-missed': { type: 'string' },
  'cost-false': { type: 'string' },
  'event-rate': { type: 'string' },
  calibrate: { type: 'boolean' },
  bootstrap: { type: 'string' },
  workers: { type: 'string' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * @param cores processes to start when none are asked for
 * @returns null when only help is wanted
 * @throws ConfigError `FIELD_INVALID`, one line
 */
export function parseOptions(args: readonly string[], cores: number): EvaluateOptions | null {
  const given = typedOptions(args, OPTIONS);
  if (given.help === true) return null;
  const { casts = null, config = null, models = null, figures = null } = given;
  const faultsOnly = given['faults-only'] === true;
  if (faultsOnly && casts !== null)
    throw new ConfigError(
      'FIELD_INVALID',
      '--faults-only: says which casts to simulate. Leave --casts out, or make its casts with `npm run casts -- --calm`.',
    );
  return {
    ...{ casts, faultsOnly, config, models, figures },
    json: given.json === true,
    calibrate: given.calibrate === true,
    prices: pricesOf(given['cost-missed'], given['cost-false'], given['event-rate']),
    replicates: numberField(given.bootstrap, 1000, {
      ...{ field: '--bootstrap', min: 20, max: 10_000, integer: true },
    }),
    workers: numberField(given.workers, Math.max(1, Math.min(cores, 64)), {
      ...{ field: '--workers', min: 1, max: 64, integer: true },
    }),
    quiet: given.quiet === true,
  };
}

function pricesOf(
  missed: string | undefined,
  falseAlarm: string | undefined,
  rate: string | undefined,
): Prices | null {
  if (missed === undefined && falseAlarm === undefined && rate === undefined) return null;
  if (missed === undefined || falseAlarm === undefined)
    throw new ConfigError(
      'FIELD_INVALID',
      '--cost-missed and --cost-false: expected both prices, as in --cost-missed 20000 --cost-false 300.',
    );
  const price = (text: string, field: string): number =>
    numberField(text, NaN, { field, min: 0, max: Number.MAX_SAFE_INTEGER });
  return {
    missedEvent: price(missed, '--cost-missed'),
    falseAlarm: price(falseAlarm, '--cost-false'),
    eventRate: numberField(rate, null, { field: '--event-rate', min: 0, max: 100_000 }),
  };
}
