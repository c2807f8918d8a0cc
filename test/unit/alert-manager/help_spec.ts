import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../../nodes/alert-manager/commands.js';
import { problemsIn } from '../../../nodes/lib/config/read-config.js';
import { packageRoot } from '../../../nodes/lib/package-paths.js';

const shipped = readFileSync(join(packageRoot(), 'flows', 'config', 'realtime_inference.yaml'), 'utf8');
const folder = join(packageRoot(), 'nodes', 'alert-manager', 'locales');

describe('the help of alert-manager', () => {
  for (const language of ['en-US', 'de']) {
    const help = readFileSync(join(folder, language, 'alert-manager.html'), 'utf8');

    it(`names every command (${language})`, () => {
      assert.deepEqual(
        COMMANDS.filter((command) => !help.includes(`\`${command}\``)),
        [],
      );
    });

    it(`shows settings that the configuration takes (${language})`, () => {
      const settings = /```yaml\n([\s\S]*?)```/.exec(help)![1]!;
      const others = shipped.replace(/^alerts:\n(?:[ #].*\n|\n)*/m, '');
      assert.notEqual(others, shipped);
      assert.deepEqual(problemsIn(`${others}\n${settings}`), []);
    });
  }
});
