import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exampleFiles } from '../support/flow-file.js';
import { cleanUp, eventually, ROOT, temporaryFolder } from '../support/strandwatch-process.js';

const run = promisify(execFile);
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly 'node-red': { readonly nodes: Readonly<Record<string, string>> };
};
const types = Object.keys(manifest['node-red'].nodes);

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

async function pack(...options: string[]): Promise<Packed> {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', ...options], { cwd: ROOT });
  const answer = JSON.parse(stdout) as readonly Packed[] | Readonly<Record<string, Packed>>;
  return Object.values(answer)[0]!;
}

describe('the npm package', function () {
  this.timeout(240_000);
  cleanUp();

  it('holds what a user needs', async () => {
    const { files } = await pack('--dry-run');
    const paths = new Set(files.map(({ path }) => path));
    const needed = [
      ...types.flatMap((type) => [
        `dist/nodes/${type}/${type}.js`,
        `dist/nodes/${type}/${type}.html`,
        `dist/nodes/${type}/icons/${type}.svg`,
        ...['en-US', 'de'].flatMap((language) =>
          ['json', 'html'].map((ending) => `dist/nodes/${type}/locales/${language}/${type}.${ending}`),
        ),
      ]),
      ...['strand-config/static/widgets.js', 'onnx-model/proof-worker.js'].map(
        (file) => `dist/nodes/${file}`,
      ),
      ...exampleFiles(),
      ...['baseline', 'sequence'].flatMap((kind) => [
        `models/${kind}/model.yaml`,
        `models/${kind}/model.onnx`,
      ]),
      ...['dist/flows/start.js', 'flows/settings.js', 'flows/strandwatch.json', 'flows/casts/casts.json'],
      ...['flows/config/realtime_inference.yaml', 'LICENSE', 'README.md', 'CHANGELOG.md', 'package.json'],
    ];
    assert.deepEqual(
      needed.filter((path) => !paths.has(path)),
      [],
    );
  });

  it('holds nothing else', async () => {
    const { files, unpackedSize } = await pack('--dry-run');
    const allowed =
      /^(dist\/(nodes|flows)\/|flows\/(casts|config|pump)\/|flows\/[\w.-]+\.(js|json)$|examples\/|models\/(baseline|sequence)\/model\.(onnx|yaml)$|docs\/|(README|CHANGELOG)\.md$|LICENSE$|package\.json$)/;
    const strange = files
      .map(({ path }) => path)
      .filter((path) => !allowed.test(path) || /\.(ts|map)$/.test(path));
    assert.deepEqual(strange, []);
    assert.ok(unpackedSize < 20e6, `unpacked it takes ${unpackedSize} bytes`);
  });

  it('registers each type as the scorecard of the flow library reads it: a name and an object', () => {
    for (const type of types) {
      const page = readFileSync(join(ROOT, 'dist', 'nodes', type, `${type}.html`), 'utf8');
      assert.match(page, new RegExp(`registerType\\("${type}", \\{\\s+category: "(StrandWatch|config)"`));
    }
  });

  it('asks for at most six other packages', () => {
    assert.ok(Object.keys(manifest.dependencies).length <= 6);
  });

  it('loads its whole palette from an empty user directory', async () => {
    const userDir = temporaryFolder();
    const { filename } = await pack('--pack-destination', userDir);
    writeFileSync(join(userDir, 'package.json'), '{ "name": "user", "version": "1.0.0", "private": true }');
    const quiet = ['--omit=optional', '--no-audit', '--no-fund', '--prefer-offline'];
    await run('npm', ['install', ...quiet, join(userDir, filename)], { cwd: userDir });

    const port = await freePort();
    const redJs = require.resolve('node-red/red.js');
    const nodeRed = spawn(process.execPath, [redJs, '--userDir', userDir, '--port', String(port)], {
      stdio: 'ignore',
    });
    try {
      const loaded = await eventually('the palette', () => paletteOf(port));
      const ours = loaded.filter((set) => set.module === manifest.name);
      assert.deepEqual(
        ours.filter((set) => set.err !== undefined),
        [],
      );
      assert.deepEqual(ours.flatMap((set) => set.types).sort(), [...types].sort());
    } finally {
      if (nodeRed.kill('SIGKILL')) await once(nodeRed, 'exit');
    }
  });
});

interface NodeSet {
  readonly module: string;
  readonly types: readonly string[];
  readonly err?: unknown;
}

async function paletteOf(port: number): Promise<readonly NodeSet[] | null> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/nodes`, { headers: { accept: 'application/json' } });
    return answer.ok ? ((await answer.json()) as NodeSet[]) : null;
  } catch {
    return null; // not listening yet
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
