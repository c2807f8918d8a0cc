import { migrate, type Migration, type Settings } from '../lib/migrate.js';
import { numberField, textField } from '../lib/parse-field.js';

export interface PerfMonitorConfig {
  readonly name: string;
  readonly strandConfig: string;
  /** s between two snapshots; 0 = only on request. */
  readonly period: number;
}

/** Steps of the form's fields, from version 1 to that of the defaults. */
const MIGRATIONS: readonly Migration[] = [];

export const defaults = { name: '', strandConfig: '', period: '10', version: 1 };

/** @throws ConfigError naming the field and what it takes */
export function parseConfig(saved: Settings): PerfMonitorConfig {
  const fields = migrate(saved, MIGRATIONS, 'perf-monitor version');
  return {
    name: textField(fields.name, ''),
    strandConfig: textField(fields.strandConfig, ''),
    period: numberField(fields.period, 10, { field: 'Period', min: 0, max: 3600, unit: 's' }),
  };
}
