import { migrate, type Migration, type Settings } from '../migrate.js';
import { numberField, textField } from '../parse-field.js';

/** The form of both inference nodes. A blank field (undefined) leaves the word to the YAML file. */
export interface InferConfig {
  readonly name: string;
  readonly strandConfig: string;
  readonly model: string;
  readonly explain: number | undefined;
  /** Id of the onnx-model that runs beside the one in service; '' = none. */
  readonly shadow: string;
}

/** Steps of the form's fields, from version 1 to that of the defaults. */
const MIGRATIONS: readonly Migration[] = [];

export const inferDefaults = { name: '', strandConfig: '', model: '', explain: '', shadow: '', version: 1 };

/** @throws ConfigError naming the field and what it takes */
export function parseInferConfig(saved: Settings, type: string): InferConfig {
  const fields = migrate(saved, MIGRATIONS, `${type} version`);
  return {
    name: textField(fields.name, ''),
    strandConfig: textField(fields.strandConfig, ''),
    model: textField(fields.model, ''),
    shadow: textField(fields.shadow, ''),
    explain: numberField(fields.explain, undefined, {
      field: 'Contributions',
      min: 0,
      max: 50,
      integer: true,
    }),
  };
}
