import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../nodes/lib/package-paths.js';
import type { Settings } from '../../../nodes/lib/migrate.js';

interface SettingsModule {
  readonly defaults: Settings & { readonly version: number };
  readonly parseConfig: (saved: Settings) => object;
}

const manifest = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
  readonly 'node-red': { readonly nodes: Readonly<Record<string, string>> };
};

describe('the settings of each node', () => {
  for (const type of Object.keys(manifest['node-red'].nodes)) {
    const load = () => import(`../../../nodes/${type}/${type}.config.js`) as Promise<SettingsModule>;

    it(`${type}: a flow saved before settings had a version still opens`, async () => {
      const { defaults, parseConfig } = await load();
      const { version, ...unversioned } = defaults;
      assert.equal(version, 1);
      assert.deepEqual(parseConfig(unversioned), parseConfig(defaults));
    });

    it(`${type}: a flow that a newer package saved is refused with what to do`, async () => {
      const { defaults, parseConfig } = await load();
      assert.throws(
        () => parseConfig({ ...defaults, version: defaults.version + 1 }),
        new RegExp(`${type} version: expected 1, got 2: a newer StrandWatch wrote it. Update`),
      );
    });
  }
});
