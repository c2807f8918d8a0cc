import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../nodes/lib/package-paths.js';

const root = packageRoot();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly 'node-red': { readonly nodes: Readonly<Record<string, string>> };
};
const types = Object.keys(manifest['node-red'].nodes);

const read = (type: string, language: string, ending: string): string =>
  readFileSync(join(root, 'nodes', type, 'locales', language, `${type}.${ending}`), 'utf8');

/** Each text of a catalog by its path, as what must be the same in every language: the places to fill in. */
function placesByKey(catalog: unknown, path = ''): Record<string, readonly string[]> {
  if (typeof catalog === 'string') return { [path]: (catalog.match(/__\w+__/g) ?? []).sort() };
  return Object.assign(
    {},
    ...Object.entries(catalog as object).map(([key, inner]) => placesByKey(inner, `${path}.${key}`)),
  ) as Record<string, readonly string[]>;
}

function textsOf(catalog: unknown): string[] {
  return typeof catalog === 'string' ? [catalog] : Object.values(catalog as object).flatMap(textsOf);
}

/** What a help page tells in code: commands, keys, types. Sorted, each once. */
const codeIn = (help: string): readonly string[] =>
  [...new Set([...help.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!))].sort();

const linesLike = (help: string, pattern: RegExp): number =>
  help.split('\n').filter((line) => pattern.test(line)).length;

describe('the German that all forms share', () => {
  it('has the texts of the English, no others, with the same places to fill in', () => {
    const [english, german] = ['en-US', 'de'].map((language) =>
      placesByKey(
        JSON.parse(
          readFileSync(join(root, 'nodes', 'lib', 'editor', 'locales', `${language}.json`), 'utf8'),
        ) as unknown,
      ),
    );
    assert.deepEqual(german, english);
  });
});

describe('the German of each node', () => {
  for (const type of types) {
    describe(type, () => {
      const catalogs = ['en-US', 'de'].map((language) => JSON.parse(read(type, language, 'json')) as unknown);

      it('has the texts of the English, no others, with the same places to fill in', () => {
        assert.deepEqual(placesByKey(catalogs[1]), placesByKey(catalogs[0]));
      });

      it('leaves no text empty', () => {
        assert.deepEqual(
          textsOf(catalogs[1]).filter((text) => text.trim() === ''),
          [],
        );
      });

      it('has a help page with the sections, tables, properties and code of the English', () => {
        const [english, german] = ['en-US', 'de'].map((language) => read(type, language, 'html'));
        assert.match(german!, new RegExp(`<script type="text/markdown" data-help-name="${type}">`));
        for (const pattern of [/^### /, /^\|/, /^: /, /^\d\. /])
          assert.equal(linesLike(german!, pattern), linesLike(english!, pattern), String(pattern));
        assert.deepEqual(codeIn(german!), codeIn(english!));
      });
    });
  }
});
