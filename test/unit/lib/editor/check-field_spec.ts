import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig as parseAlerts } from '../../../../nodes/alert-manager/alert-manager.config.js';
import { parseConfig as parseReplay } from '../../../../nodes/cast-replay/cast-replay.config.js';
import { checkField } from '../../../../nodes/lib/editor/check-field.js';
import { packageRoot } from '../../../../nodes/lib/package-paths.js';

const read = (...path: string[]): Record<string, never> =>
  JSON.parse(readFileSync(join(packageRoot(), 'nodes', ...path), 'utf8')) as Record<string, never>;

/** A node as the editor holds it: it looks texts up in its own catalog, to which the build adds those of all forms. */
function nodeOf(type: string, language: string): object {
  const own = read(type, 'locales', language, `${type}.json`)[type]!;
  const catalog: unknown = {
    [type]: { ...(own as object), form: read('lib', 'editor', 'locales', `${language}.json`) },
  };
  const lookUp = (key: string): string =>
    key
      .split('.')
      .reduce<unknown>((branch, name) => (branch as Record<string, unknown>)[name], catalog) as string;
  return {
    _: (key: string, args: Readonly<Record<string, unknown>>) =>
      lookUp(key).replace(/__(\w+)__/g, (_place, name: string) => String(args[name])),
  };
}

describe('the validator of a form field', () => {
  const validate = checkField('alert-manager', 'warning', parseAlerts);
  const english = nodeOf('alert-manager', 'en-US');

  for (const value of ['', '0.5', 0.5, '${WARNING}'])
    it(`takes ${JSON.stringify(value)}`, () => assert.equal(validate.call(english, value), true));

  it('says in words what is wrong, in the language of the user', () => {
    assert.equal(validate.call(english, '5'), 'Warning threshold: expected a number from 0 to 1, got "5".');
    assert.equal(
      validate.call(nodeOf('alert-manager', 'de'), '0,5'),
      'Schwelle Warnung: erwartet wird eine Zahl von 0 bis 1, nicht "0,5".',
    );
  });

  it('says what the node itself will say, in English', () => {
    for (const [field, value] of [
      ['speed', 'fast'],
      ['strands', '1.5'],
      ['startOffset', '-1'],
    ] as const) {
      let told = '';
      try {
        parseReplay({ [field]: value });
      } catch (err) {
        told = (err as Error).message;
      }
      const check = checkField('cast-replay', field, parseReplay);
      assert.equal(check.call(nodeOf('cast-replay', 'en-US'), value), told);
    }
  });

  it('takes two arguments, for Node-RED holds the words of any other to mean that the field is fine', () => {
    assert.equal(validate.length, 2);
  });
});
