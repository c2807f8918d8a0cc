/** `npm run schema`: writes `docs/config.schema.json` and `docs/configuration.md` from the schema. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-paths.js';
import { referenceFiles } from './reference-files.js';

for (const [name, text] of Object.entries(referenceFiles()))
  writeFileSync(join(packageRoot(), 'docs', name), text);
