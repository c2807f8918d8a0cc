import { numberField, textField } from '../lib/parse-field.js';

/** The form's fields. A blank one (undefined) leaves the word to the YAML file. */
export interface FeatureExtractConfig {
  readonly name: string;
  readonly strandConfig: string;
  /** s of cast time. */
  readonly inferenceInterval: number | undefined;
}

export const defaults = {
  name: '',
  strandConfig: '',
  inferenceInterval: '',
  version: 1,
};

/** @throws ConfigError naming the field and what it takes */
export function parseConfig(fields: Readonly<Record<string, unknown>>): FeatureExtractConfig {
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
