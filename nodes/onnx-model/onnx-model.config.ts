import type { ModelKind } from '../lib/messages.js';
import { migrate, type Migration, type Settings } from '../lib/migrate.js';
import { choiceField, textField } from '../lib/parse-field.js';

export const KINDS = ['baseline', 'sequence'] as const;
export const BACKENDS = ['auto', 'native', 'wasm'] as const;
export type BackendChoice = (typeof BACKENDS)[number];

export interface OnnxModelConfig {
  readonly name: string;
  readonly kind: ModelKind;
  /** The card's file; undefined = the model of that kind that comes with the package. */
  readonly card: string | undefined;
  readonly backend: BackendChoice;
}

/** Steps of the form's fields, from version 1 to that of the defaults. */
const MIGRATIONS: readonly Migration[] = [];

export const defaults = { name: '', kind: 'baseline', card: '', backend: 'auto', version: 1 };

/** @throws ConfigError naming the field and what it takes */
export function parseConfig(saved: Settings): OnnxModelConfig {
  const fields = migrate(saved, MIGRATIONS, 'onnx-model version');
  return {
    name: textField(fields.name, ''),
    kind: choiceField(fields.kind, 'baseline', 'Kind', KINDS),
    card: textField(fields.card, undefined),
    backend: choiceField(fields.backend, 'auto', 'Backend', BACKENDS),
  };
}
