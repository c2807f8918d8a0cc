import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../nodes/lib/package-paths.js';
import { nodesOf } from '../../support/flow-file.js';

interface Manifest {
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly 'node-red'?: { readonly nodes?: Readonly<Record<string, string>> };
}

const root = packageRoot();
const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;

/** Node-RED starts no flow of which a type is missing. */
describe('the Docker image', () => {
  it('installs every palette that the reference flow is made of', () => {
    const types = new Set(nodesOf('flows/strandwatch.json').map(({ type }) => type));
    const palettes = Object.keys(manifestIn('.').devDependencies!).filter((name) =>
      Object.keys(manifestIn(join('node_modules', name))['node-red']?.nodes ?? {}).some((type) =>
        types.has(type),
      ),
    );
    const installed = /^RUN npm install (?:.*\\\n)*.*/m.exec(
      readFileSync(join(root, 'Dockerfile'), 'utf8'),
    )![0];
    assert.ok(palettes.length > 0);
    assert.deepEqual(
      palettes.filter((name) => !installed.includes(` ${name}@`)),
      [],
    );
  });
});
