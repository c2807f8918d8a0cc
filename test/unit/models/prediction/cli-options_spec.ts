import assert from 'node:assert/strict';
import { parseOptions } from '../../../../models/prediction/cli-options.js';

const options = (line: string) => parseOptions(line.split(' ').filter(Boolean));

describe('options of npm run predict', () => {
  it('take the configuration’s interval when nothing else is said', () => {
    assert.deepEqual(options('--casts c --model m.yaml --out p.csv'), {
      config: null,
      casts: 'c',
      model: 'm.yaml',
      out: 'p.csv',
      every: null,
    });
  });

  it('are only help when help is asked for', () => assert.equal(options('--help'), null));

  const refused: readonly [name: string, line: string, message: RegExp][] = [
    ['no casts', '--model m --out p', /--casts is missing/],
    ['no model', '--casts c --out p', /--model is missing/],
    ['no output', '--casts c --model m', /--out is missing/],
    ['an interval that is no time', '--casts c --model m --out p --every soon', /--every: expected a number/],
  ];
  for (const [name, line, message] of refused)
    it(`refuse ${name}`, () => assert.throws(() => options(line), { code: 'FIELD_INVALID', message }));
});
