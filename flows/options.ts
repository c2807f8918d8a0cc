import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { didYouMean } from '../nodes/lib/config/did-you-mean.js';
import { shown } from '../nodes/lib/errors.js';

/** What the user asked of the launcher: each option in its range, but not yet compared with files. */
export interface LaunchOptions {
  readonly help: boolean;
  /** Ids of the casts to replay, one strand each; empty: the replay node's own choice. */
  readonly casts: readonly string[];
  /** Replay factor, `unpaced`, or null for the configuration's. */
  readonly speed: number | 'unpaced' | null;
  readonly strands: number | null;
  /** s of wall time after which the launcher ends by itself; null: runs until it is told to stop. */
  readonly durationS: number | null;
  /** 0: any free port. */
  readonly port: number;
  readonly configFile: string | null;
  readonly userDir: string;
}

/** Something the user typed that can't be carried out: one line, without a stack. */
export class UsageError extends Error {}

const DEFAULT_PORT = 1880;
const DEFAULT_USER_DIR = '.strandwatch';

const known = {
  cast: { type: 'string', multiple: true },
  speed: { type: 'string' },
  strands: { type: 'string' },
  duration: { type: 'string' },
  port: { type: 'string' },
  config: { type: 'string' },
  'user-dir': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

export const helpText = `StrandWatch: real-time quality monitoring for continuous casters.

Usage: npm start -- [options]

  --cast ID[,ID]       casts to replay, one strand each; or CSV files; STRAND=ID names the strand
                       (default: two-strands-1,two-strands-2)
  --speed N|unpaced    replay factor, 0.1 to 1000; unpaced: as fast as it goes
                       (default: streaming.realtime_factor of the configuration)
  --strands N          strands replayed at once, 1 to 256; further shipped casts join in
  --duration SECONDS   stops cleanly after this many seconds of wall time
  --port N             port of editor and dashboard; 0 = any free one (default: PORT or ${DEFAULT_PORT})
  --config FILE        YAML configuration (default: the shipped flows/config/realtime_inference.yaml)
  --user-dir DIR       where your flow, journal and logs are kept (default: ${DEFAULT_USER_DIR})
  --help               this text

Environment: STRANDWATCH_HOST (default 127.0.0.1), STRANDWATCH_ADMIN_USER and
STRANDWATCH_ADMIN_PASSWORD (login of editor, dashboard and metrics; default: none).`;

/** @throws UsageError in one line, saying what was expected */
export function parseOptions(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): LaunchOptions {
  const values = parsed(argv);
  return {
    help: values.help ?? false,
    casts: castIds(values.cast),
    speed:
      values.speed === 'unpaced'
        ? 'unpaced'
        : number('--speed', values.speed, { min: 0.1, max: 1000, or: ' or unpaced' }),
    strands: number('--strands', values.strands, { min: 1, max: 256, integer: true }),
    durationS: number('--duration', values.duration, { min: 1, max: 86_400 * 365, unit: ' s' }),
    port:
      number('--port', values.port, { min: 0, max: 65_535, integer: true }) ??
      number('PORT', environment.PORT, { min: 0, max: 65_535, integer: true }) ??
      DEFAULT_PORT,
    configFile: text('--config', values.config),
    userDir: text('--user-dir', values['user-dir']) ?? DEFAULT_USER_DIR,
  };
}

function parsed(argv: readonly string[]) {
  const { values, tokens } = parseArgs({
    args: [...argv],
    options: known,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional')
      throw new UsageError(`Unexpected argument ${shown(token.value)}: options start with --, see --help.`);
    if (token.kind !== 'option') continue;
    if (!(token.name in known)) throw new UsageError(`Unknown option ${token.rawName}${hint(token.name)}`);
    if (token.name !== 'help' && (token.value === undefined || token.value === ''))
      throw new UsageError(`${token.rawName}: expected a value, got none, see --help.`);
  }
  return values as {
    cast?: string[];
    speed?: string;
    strands?: string;
    duration?: string;
    port?: string;
    config?: string;
    'user-dir'?: string;
    help?: boolean;
  };
}

function hint(name: string): string {
  const close = didYouMean(name, Object.keys(known));
  return close === null ? ': see --help.' : `: did you mean --${close}? See --help.`;
}

function castIds(given: readonly string[] = []): readonly string[] {
  const ids = given.flatMap((list) => list.split(',')).map((id) => id.trim());
  if (ids.includes('')) throw new UsageError(`--cast: expected ID[,ID], got ${shown(given.join(','))}.`);
  return ids;
}

interface Limits {
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
  readonly unit?: string;
  /** What else is allowed, for the error. */
  readonly or?: string;
}

function number(name: string, value: string | undefined, limits: Limits): number | null {
  if (value === undefined || value === '') return null;
  const { min, max, integer = false, unit = '', or = '' } = limits;
  const parsedValue = /^[-+]?\d*\.?\d+(e[-+]?\d+)?$/i.test(value.trim()) ? Number(value) : NaN;
  if (!(parsedValue >= min && parsedValue <= max) || (integer && !Number.isInteger(parsedValue))) {
    const kind = integer ? 'a whole number' : 'a number';
    throw new UsageError(`${name}: expected ${kind} from ${min} to ${max}${unit}${or}, got ${shown(value)}.`);
  }
  return parsedValue;
}

function text(name: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  if (value.trim() === '') throw new UsageError(`${name}: expected a path, got ${shown(value)}.`);
  return value;
}
