import type { CsvConfig } from '../lib/config/streaming.js';
import { migrate, type Migration, type Settings } from '../lib/migrate.js';
import { booleanField, choiceField, numberField, textField } from '../lib/parse-field.js';
import { castChoices, type CastChoice } from './cast-choice.js';

export const DELIMITERS = [',', ';', 'tab', '|'] as const;
export const DECIMALS = ['.', ','] as const;
export const TIME_FORMATS = ['auto', 'seconds', 'epoch_s', 'epoch_ms', 'iso'] as const;

/** The form's fields. A blank one (undefined) leaves the word to the YAML file. */
export interface CastReplayConfig {
  readonly name: string;
  readonly strandConfig: string;
  /** Folder or CSV file as written; blank = the shipped casts. */
  readonly folder: string;
  readonly casts: readonly CastChoice[];
  readonly strands: number | undefined;
  /** Cast seconds per second; `Infinity` = unpaced. */
  readonly speed: number | undefined;
  readonly loop: boolean;
  readonly autostart: boolean;
  readonly startOffset: number;
  readonly batch: number;
  readonly csv: Partial<CsvConfig>;
}

/** Steps of the form's fields, from version 1 to that of the defaults. */
const MIGRATIONS: readonly Migration[] = [];

export const defaults = {
  name: '',
  strandConfig: '',
  folder: '',
  casts: '',
  strands: '',
  speed: '',
  loop: false,
  autostart: true,
  startOffset: '',
  batch: '',
  delimiter: '',
  decimal: '',
  timeColumn: '',
  timeFormat: '',
  timeZone: '',
  version: 1,
};

/** @throws ConfigError naming the field and what it takes */
export function parseConfig(saved: Settings): CastReplayConfig {
  const fields = migrate(saved, MIGRATIONS, 'cast-replay version');
  return {
    name: textField(fields.name, ''),
    strandConfig: textField(fields.strandConfig, ''),
    folder: textField(fields.folder, ''),
    casts: castChoices(textField(fields.casts, '')),
    strands: strandsField(fields.strands),
    speed: speedField(fields.speed),
    loop: booleanField(fields.loop, defaults.loop, 'Loop'),
    autostart: booleanField(fields.autostart, defaults.autostart, 'Autostart'),
    startOffset: numberField(fields.startOffset, 0, { field: 'Start offset', min: 0, unit: 's' }),
    batch: numberField(fields.batch, 10, { field: 'Batch size', min: 1, max: 10_000, integer: true }),
    csv: csvFields(fields),
  };
}

export const strandsField = (value: unknown): number | undefined =>
  numberField(value, undefined, { field: 'Strands', min: 1, max: 1000, integer: true });

/** @returns `Infinity` for `unpaced`, undefined when left blank. @throws ConfigError for anything but 0.1..1000 besides */
export function speedField(value: unknown): number | undefined {
  if (value === 'unpaced') return Infinity;
  return numberField(value, undefined, { field: 'Speed', min: 0.1, max: 1000, or: 'unpaced' });
}

function csvFields(fields: Readonly<Record<string, unknown>>): Partial<CsvConfig> {
  const delimiter = choiceField(fields.delimiter, undefined, 'Delimiter', DELIMITERS);
  const given = {
    delimiter: delimiter === 'tab' ? '\t' : delimiter,
    decimal: choiceField(fields.decimal, undefined, 'Decimal mark', DECIMALS),
    time_column: textField(fields.timeColumn, undefined),
    time_format: choiceField(fields.timeFormat, undefined, 'Time format', TIME_FORMATS),
    time_zone: textField(fields.timeZone, undefined),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
