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

/** What a flow stores for the node; its version has no row in the form. */
async function fieldsOf(type: string): Promise<string[]> {
  const { defaults } = (await import(join(root, 'nodes', type, `${type}.config.ts`))) as { defaults: object };
  return Object.keys(defaults).filter((field) => field !== 'version');
}

async function formOf(type: string): Promise<string> {
  const { expandRows } = await import('../../../nodes/form-rows.mjs');
  return expandRows(read(type, `${type}.html`), type);
}

/** The texts of the type with those that all forms share, as the build puts them together. */
function catalogOf(type: string): unknown {
  const own = JSON.parse(read(type, 'locales', 'en-US', `${type}.json`)) as Record<string, object>;
  const form: unknown = JSON.parse(read('lib', 'editor', 'locales', 'en-US.json'));
  return { [type]: { ...own[type], form } };
}

describe('the room of each node', () => {
  for (const type of types) {
    describe(type, () => {
      const catalog = catalogOf(type);
      const help = read(type, 'locales', 'en-US', `${type}.html`);
      const sources = readdirSync(join(root, 'nodes', type)).filter((file) => file.endsWith('.ts'));

      it('has an input in the form for every field that a flow stores', async () => {
        const form = await formOf(type);
        const missing = (await fieldsOf(type)).filter(
          (field) => !new RegExp(`id="node-(config-)?input-${field}"`).test(form),
        );
        assert.deepEqual(missing, []);
      });

      it('has a label that the help explains for every field', async () => {
        const unexplained = (await fieldsOf(type)).filter((field) => {
          const label = textAt(catalog, `${type}.label.${field}`);
          return typeof label !== 'string' || (field !== 'name' && !help.includes(label));
        });
        assert.deepEqual(unexplained, []);
      });

      it('has a text for every key that form, editor and status use', async () => {
        const form = await formOf(type);
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

      it('has its icon', () => {
        assert.ok(existsSync(join(root, 'nodes', type, 'icons', `${type}.svg`)));
      });
    });
  }
});
