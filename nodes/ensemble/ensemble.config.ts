import type { EnsembleMethod } from '../lib/messages.js';
import { migrate, type Migration, type Settings } from '../lib/migrate.js';
import { choiceField, numberField, textField } from '../lib/parse-field.js';

export const METHODS = ['weighted', 'voting', 'max'] as const;

/** The form's fields. A blank one (undefined) leaves the word to the YAML file. */
export interface EnsembleConfig {
  readonly name: string;
  readonly strandConfig: string;
  readonly method: EnsembleMethod | undefined;
  readonly baselineWeight: number | undefined;
  readonly sequenceWeight: number | undefined;
  readonly voteThreshold: number | undefined;
}

/** Steps of the form's fields, from version 1 to that of the defaults. */
const MIGRATIONS: readonly Migration[] = [];

export const defaults = {
  name: '',
  strandConfig: '',
  method: '',
  baselineWeight: '',
  sequenceWeight: '',
  voteThreshold: '',
  version: 1,
};

/** @throws ConfigError naming the field and what it takes */
export function parseConfig(saved: Settings): EnsembleConfig {
  const fields = migrate(saved, MIGRATIONS, 'ensemble version');
  return {
    name: textField(fields.name, ''),
    strandConfig: textField(fields.strandConfig, ''),
    method: choiceField(fields.method, undefined, 'Method', METHODS),
    baselineWeight: numberField(fields.baselineWeight, undefined, {
      field: 'Baseline weight',
      min: 0,
      max: 1000,
    }),
    sequenceWeight: numberField(fields.sequenceWeight, undefined, {
      field: 'Sequence weight',
      min: 0,
      max: 1000,
    }),
    voteThreshold: numberField(fields.voteThreshold, undefined, { field: 'Vote threshold', min: 0, max: 1 }),
  };
}
