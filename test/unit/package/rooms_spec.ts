import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../nodes/lib/package-paths.js';

interface Manifest {
  readonly 'node-red': { readonly nodes: Readonly<Record<string, string>> };
}

const root = packageRoot();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const types = Object.keys(manifest['node-red'].nodes);

const read = (...path: string[]): string => readFileSync(join(root, 'nodes', ...path), 'utf8');
const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1]!);

function textAt(catalog: unknown, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>((branch, name) => (branch as Record<string, unknown> | undefined)?.[name], catalog);
}

/** `Off-delay, s` carries its unit, which the help has in a column of its own. */
const withoutUnit = (label: string): string => label.replace(/,.*$/, '');

function fieldsOf(type: string): string[] {
  const source = read(type, `${type}.editor.ts`);
  const block = source.slice(
    source.indexOf('defaults: {'),
    source.indexOf('\n  },', source.indexOf('defaults: {')),
  );
  return all(block, /^ {4}(\w+): \{/gm).filter((field) => field !== 'version');
}

describe('the room of each node', () => {
  for (const type of types) {
    describe(type, () => {
      const catalog: unknown = JSON.parse(read(type, 'locales', 'en-US', `${type}.json`));
      const help = read(type, 'locales', 'en-US', `${type}.html`);
      const form = read(type, `${type}.html`);
      const sources = readdirSync(join(root, 'nodes', type)).filter((file) => file.endsWith('.ts'));

      it('has an input in the form for every field that a flow stores', () => {
        const missing = fieldsOf(type).filter(
          (field) => !new RegExp(`id="node-(config-)?input-${field}"`).test(form),
        );
        assert.deepEqual(missing, []);
      });

      it('has a label that the help explains for every field', () => {
        const unexplained = fieldsOf(type).filter((field) => {
          const label = textAt(catalog, `${type}.label.${field}`);
          return typeof label !== 'string' || (field !== 'name' && !help.includes(withoutUnit(label)));
        });
        assert.deepEqual(unexplained, []);
      });

      it('has a text for every key that form, editor and status use', () => {
        const used = [
          ...all(form, /data-i18n="(?:\[\w+\])?([\w.-]+)"/g),
          ...sources.flatMap((file) => all(read(type, file), /\b_\(\s*'([\w.-]+)'/g)),
        ];
        assert.deepEqual(
          used.filter((key) => typeof textAt(catalog, key) !== 'string'),
          [],
        );
      });

      it('has help in Markdown with inputs or settings told', () => {
        assert.match(help, new RegExp(`<script type="text/markdown" data-help-name="${type}">`));
        assert.match(help, /^### /m);
      });

      it('names examples that are there and hold the node', () => {
        const named = all(help, /`(\d\d-[\w-]+)`/g);
        assert.notDeepEqual(named, []);
        for (const name of named) {
          const flow = JSON.parse(readFileSync(join(root, 'examples', `${name}.json`), 'utf8')) as {
            type: string;
          }[];
          assert.ok(
            flow.some((node) => node.type === type),
            `${name} has no ${type}`,
          );
        }
      });

      it('has the icon that its editor names', () => {
        for (const icon of all(read(type, `${type}.editor.ts`), /icon: '([^']+\.svg)'/g)) {
          assert.ok(existsSync(join(root, 'nodes', type, 'icons', icon)), `icons/${icon} is missing`);
        }
      });
    });
  }
});
