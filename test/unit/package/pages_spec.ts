import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../../nodes/lib/package-paths.js';

describe('docs/nodes', () => {
  it("says what the nodes' help says; if not, run `npm run docs`", () => {
    execFileSync(process.execPath, [join(packageRoot(), 'nodes', 'pages.mjs'), '--check'], { stdio: 'pipe' });
  });
});
