import assert from 'node:assert/strict';
import { parseOptions } from '../../../../models/features/cli-options.js';

const options = (line: string) => parseOptions(line.split(' ').filter(Boolean));

describe('options of npm run features', () => {
  it('take the configuration’s interval and two processes when nothing else is said', () => {
    assert.deepEqual(options('--casts flows/casts --out f.csv'), {
      config: null,
      casts: 'flows/casts',
      out: 'f.csv',
      sequenceOut: null,
      describe: null,
      labels: [],
      every: null,
      workers: 2,
      quiet: false,
    });
  });

  it('are only help when help is asked for', () => assert.equal(options('--help'), null));

  it('need no casts for a description', () => assert.equal(options('--describe features.md')?.casts, null));

  const refused: readonly [name: string, line: string, message: RegExp][] = [
    ['no output', '--casts x', /--out is missing/],
    ['no casts', '--out f.csv', /--casts is missing/],
    [
      'an output of a kind that is not known',
      '--casts x --out f.parquet',
      /ending in \.csv or \.npy, got "f\.parquet"/,
    ],
    ['an interval that is no time', '--casts x --out f.csv --every soon', /--every: expected a number/],
    ['labels without a table', '--casts x --sequence-out s --labels y', /--labels: expected .* and --out/],
    ['half a process', '--casts x --out f.csv --workers 1.5', /--workers: expected a whole number/],
    ['an unknown option', '--cats x --out f.csv', /--cats.*See --help/],
  ];
  for (const [name, line, message] of refused)
    it(`refuse ${name}`, () => assert.throws(() => options(line), { code: 'FIELD_INVALID', message }));
});
