import { migrate, type Migration, type Settings } from '../lib/migrate.js';
import { choiceField, textField } from '../lib/parse-field.js';

export const SOURCES = ['file', 'inline'] as const;

export interface StrandConfigSettings {
  readonly name: string;
  readonly source: (typeof SOURCES)[number];
  /** Path as written; blank = the shipped configuration. */
  readonly file: string;
  readonly yaml: string;
}

/** Steps of the form's fields, from version 1 to that of the defaults. */
const MIGRATIONS: readonly Migration[] = [];

export const defaults = { name: '', source: 'file', file: '', yaml: '', version: 1 };

/** @throws ConfigError naming the field and what it takes */
export function parseConfig(saved: Settings): StrandConfigSettings {
  const fields = migrate(saved, MIGRATIONS, 'strand-config version');
  return {
    name: textField(fields.name, ''),
    source: choiceField(fields.source, 'file', 'Source', SOURCES),
    file: textField(fields.file, ''),
    // Not trimmed: the lines that errors name are those of the editor.
    yaml: typeof fields.yaml === 'string' ? fields.yaml : '',
  };
}
