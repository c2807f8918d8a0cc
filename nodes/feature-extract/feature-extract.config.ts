import { migrate, type Migration, type Settings } from '../lib/migrate.js';
import { numberField, textField } from '../lib/parse-field.js';

/** The form's fields. A blank one (undefined) leaves the word to the YAML file. */
export interface FeatureExtractConfig {
  readonly name: string;
  readonly strandConfig: string;
  /** s of cast time. */
  readonly inferenceInterval: number | undefined;
}

/** Steps of the form's fields, from version 1 to that of the defaults. */
const MIGRATIONS: readonly Migration[] = [];

export const defaults = {
  name: '',
  strandConfig: '',
  inferenceInterval: '',
  version: 1,
};

/** @throws ConfigError naming the field and what it takes */
export function parseConfig(saved: Settings): FeatureExtractConfig {
  const fields = migrate(saved, MIGRATIONS, 'feature-extract version');
  return {
    name: textField(fields.name, ''),
    strandConfig: textField(fields.strandConfig, ''),
    inferenceInterval: numberField(fields.inferenceInterval, undefined, {
      field: 'Inference interval',
      min: 0.001,
      max: 86_400,
      unit: 's',
    }),
  };
}
