import { migrate, type Migration, type Settings } from '../lib/migrate.js';
import { numberField, textField } from '../lib/parse-field.js';

/** The form's fields. A blank one (undefined) leaves the word to the YAML file. */
export interface SensorBufferConfig {
  readonly name: string;
  readonly strandConfig: string;
  /** s of cast time. */
  readonly lateness: number | undefined;
  /** s of cast time between two windows sent by themselves; 0 = never. */
  readonly windowInterval: number;
}

/** Steps of the form's fields, from version 1 to that of the defaults. */
const MIGRATIONS: readonly Migration[] = [];

export const defaults = { name: '', strandConfig: '', lateness: '', windowInterval: '', version: 1 };

/** @throws ConfigError naming the field and what it takes */
export function parseConfig(saved: Settings): SensorBufferConfig {
  const fields = migrate(saved, MIGRATIONS, 'sensor-buffer version');
  return {
    name: textField(fields.name, ''),
    strandConfig: textField(fields.strandConfig, ''),
    lateness: numberField(fields.lateness, undefined, { field: 'Lateness', min: 0, max: 3600, unit: 's' }),
    windowInterval: numberField(fields.windowInterval, 0, {
      field: 'Window every',
      min: 0,
      max: 86_400,
      unit: 's',
    }),
  };
}
