import { ConfigError, shown } from '../../nodes/lib/errors.js';
import { numberField } from '../../nodes/lib/parse-field.js';
import { typedOptions } from '../command-line.js';
import { usual, type Variant } from './cast-series.js';
import { demoCastCount } from './demo-casts.js';
import { splitProfiles, type Split } from './splits.js';

export interface CastsOptions {
  readonly seed: number;
  readonly split: Split;
  readonly count: number;
  readonly out: string;
  readonly workers: number;
  readonly quiet: boolean;
  readonly variant: Variant;
}

export const usage = `Simulates casts of a slab caster and writes them as CSV with their true events.

  npm run casts -- --split train --seed 1 --count 600 --out out/casts/train

  --split NAME    train, val, iid, heldout or demo              (needed)
  --out DIR       folder to write to, made if it is not there   (needed)
  --seed N        0 to 4294967295; no cast of one seed is in another, nor in another split   (default 1)
  --count N       number of casts, 1 to 9999                    (default 10; the demo set is always whole)
  --faults N      factor on how often sensors fail, 0 to 20                  (default 1)
  --calm          neither defects nor what looks like them, only sensor faults
  --varied        each cast under conditions of its own: noise, bulging, thermocouple lag, look-alikes
  --workers N     processes, 1 to 64                            (default 2)
  --quiet         say nothing but errors
  --help          this text`;

const OPTIONS = {
  split: { type: 'string' },
  out: { type: 'string' },
  seed: { type: 'string' },
  count: { type: 'string' },
  workers: { type: 'string' },
  quiet: { type: 'boolean' },
  faults: { type: 'string' },
  calm: { type: 'boolean' },
  varied: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * @returns null when only help is wanted
 * @throws ConfigError `FIELD_INVALID`, one line
 */
export function parseOptions(args: readonly string[]): CastsOptions | null {
  const given = typedOptions(args, OPTIONS);
  if (given.help === true) return null;
  const split = splitOf(given.split);
  if (split === 'demo' && given.count !== undefined)
    throw new ConfigError(
      'FIELD_INVALID',
      '--count: the demo set is always written whole. Leave --count out.',
    );
  const variant = {
    faultRate: numberField(given.faults, usual.faultRate, { field: '--faults', min: 0, max: 20 }),
    calm: given.calm === true,
    varied: given.varied === true,
  };
  if (split === 'demo' && (variant.calm || variant.varied || variant.faultRate !== usual.faultRate))
    throw new ConfigError(
      'FIELD_INVALID',
      '--faults, --calm, --varied: the demo set is scripted. Leave them out, or choose another split.',
    );
  return {
    split,
    out: needed('--out', given.out, 'a folder, as in --out out/casts'),
    seed: numberField(given.seed, 1, { field: '--seed', min: 0, max: 0xffffffff, integer: true }),
    count:
      split === 'demo'
        ? demoCastCount
        : numberField(given.count, 10, { field: '--count', min: 1, max: 9999, integer: true }),
    workers: numberField(given.workers, 2, { field: '--workers', min: 1, max: 64, integer: true }),
    quiet: given.quiet === true,
    variant,
  };
}

function splitOf(value: string | undefined): Split {
  const known = Object.keys(splitProfiles);
  const split = needed('--split', value, `one of ${known.join(', ')}`);
  if (!known.includes(split))
    throw new ConfigError(
      'FIELD_INVALID',
      `--split: expected one of ${known.join(', ')}, got ${shown(split)}.`,
    );
  return split as Split;
}

function needed(option: string, value: string | undefined, expected: string): string {
  if (value === undefined || value === '')
    throw new ConfigError('FIELD_INVALID', `${option} is missing: expected ${expected}.`);
  return value;
}
