import { numberField, textField } from '../lib/parse-field.js';

export interface PerfMonitorConfig {
  readonly name: string;
  readonly strandConfig: string;
  /** s between two snapshots; 0 = only on request. */
  readonly period: number;
}

export const defaults = { name: '', strandConfig: '', period: '10', version: 1 };

/** @throws ConfigError naming the field and what it takes */
export function parseConfig(fields: Readonly<Record<string, unknown>>): PerfMonitorConfig {
  return {
    name: textField(fields.name, ''),
    strandConfig: textField(fields.strandConfig, ''),
    period: numberField(fields.period, 10, { field: 'Period', min: 0, max: 3600, unit: 's' }),
  };
}
