import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { packageRoot } from '../../../nodes/lib/package-paths.js';
import { commentOf, exampleFiles, nodesOf } from '../../support/flow-file.js';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly files: readonly string[];
  readonly license: string;
  readonly keywords: readonly string[];
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly bundledDependencies?: unknown;
  readonly bundleDependencies?: unknown;
  readonly 'node-red': { readonly version: string; readonly nodes: Readonly<Record<string, string>> };
}

const root = packageRoot();
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const manifest = JSON.parse(text('package.json')) as Manifest;
const types = Object.keys(manifest['node-red'].nodes);
const examples = exampleFiles();

/** What the scorecard of the Node-RED flow library looks at, as far as it can be seen without publishing. */
describe('the package on the scorecard of the flow library', () => {
  it('has a scoped name, a version, a licence with its file, and is found by the keyword node-red', () => {
    assert.match(manifest.name, /^@[a-z0-9-]+\/node-red-[a-z0-9-]+$/);
    assert.match(manifest.version, /^\d+\.\d+\.\d+$/);
    assert.equal(manifest.license, 'Apache-2.0');
    assert.match(text('LICENSE'), /Apache License\s+Version 2\.0/);
    assert.ok(manifest.keywords.includes('node-red'));
  });

  it('says in a line what it is for, and ships its examples and its documentation', () => {
    assert.match(manifest.description, /^.{40,200}\.$/);
    for (const folder of ['dist/nodes', 'examples', 'docs'])
      assert.ok(manifest.files.includes(folder), folder);
  });

  it('says which Node.js and which Node-RED it needs', () => {
    assert.match(manifest.engines.node, /^>=\d+/);
    assert.match(manifest['node-red'].version, /^>=\d+/);
  });

  it('names each node type after its room, and brings no module of others', () => {
    for (const type of types) assert.ok(existsSync(join(root, 'nodes', type, `${type}.ts`)), type);
    assert.ok(Object.keys(manifest.dependencies).length <= 6, 'more than six production dependencies');
    assert.equal(manifest.bundledDependencies ?? manifest.bundleDependencies, undefined);
  });

  it('has the eight node types and two configuration nodes of the design, and no other', () => {
    assert.deepEqual(types.toSorted(), [
      ...['alert-manager', 'baseline-infer', 'cast-replay', 'ensemble', 'feature-extract', 'onnx-model'],
      ...['perf-monitor', 'sensor-buffer', 'sequence-infer', 'strand-config'],
    ]);
  });

  it('uses every node type in at least two examples', () => {
    const rare = types.filter(
      (type) => examples.filter((file) => nodesOf(file).some((node) => node.type === type)).length < 2,
    );
    assert.deepEqual(rare, []);
  });

  it('has a picture in the README, and a change log whose newest version is its own', () => {
    assert.match(text('README.md'), /!\[[^\]]+\]\(docs\/images\/[\w-]+\.png\)/);
    assert.equal(/^## (\d+\.\d+\.\d+)/m.exec(text('CHANGELOG.md'))?.[1], manifest.version);
  });
});

describe('the examples', () => {
  it('have numbers and ids of their own, so that all of them can be imported together', () => {
    const numbers = examples.map((file) => /^(\d\d)-[a-z-]+\.json$/.exec(basename(file))?.[1]);
    const ids = examples.flatMap((file) => nodesOf(file).map(({ id }) => id));
    const twice = (all: readonly unknown[]) => all.filter((one, place) => all.indexOf(one) !== place);
    assert.deepEqual([...twice(numbers), ...twice(ids)], []);
  });

  for (const file of examples)
    it(`${file}: is one tab whose comment says what to do and what will be seen, as its description does`, () => {
      const flow = nodesOf(file);
      const { title, text } = commentOf(flow);
      const tabs = flow.filter(({ type }) => type === 'tab');
      assert.ok(title.length > 20 && text.length > 80);
      assert.deepEqual(
        tabs.map(({ info }) => info),
        [`${title}\n\n${text}`],
      );
    });
});
