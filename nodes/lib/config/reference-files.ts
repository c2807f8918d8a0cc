import { jsonSchemaOf } from './allowed-values.js';
import { referencePage } from './reference-page.js';
import { configSchema } from './schema.js';

/** What the schema says to people and to their editors: text by file name in `docs/`. */
export function referenceFiles(): Readonly<Record<string, string>> {
  const schema = jsonSchemaOf(configSchema);
  return {
    'config.schema.json': `${JSON.stringify({ title: 'StrandWatch configuration', ...schema }, null, 2)}\n`,
    'configuration.md': referencePage(schema),
  };
}
