import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referenceFiles } from '../../../../nodes/lib/config/reference-files.js';
import { packageRoot } from '../../../../nodes/lib/package-paths.js';

describe('the configuration reference', () => {
  for (const [name, text] of Object.entries(referenceFiles())) {
    it(`docs/${name} is what the schema says (npm run schema writes it)`, () => {
      assert.equal(readFileSync(join(packageRoot(), 'docs', name), 'utf8'), text);
    });
  }

  it('says of every key what it means', () => {
    const silent = referenceFiles()
      ['configuration.md']!.split('\n')
      .filter((line) => line.startsWith('| `') && line.endsWith('|  |'));
    assert.deepEqual(silent, []);
  });
});
