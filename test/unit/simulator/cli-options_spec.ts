import assert from 'node:assert/strict';
import { parseOptions } from '../../../models/simulator/cli-options.js';

describe('npm run casts', () => {
  it('takes sensible defaults', () => {
    assert.deepEqual(parseOptions(['--split', 'val', '--out', 'x']), {
      split: 'val',
      out: 'x',
      seed: 1,
      count: 10,
      workers: 2,
      quiet: false,
      variant: { faultRate: 1, calm: false, varied: false },
    });
  });

  it('takes a series in which nothing goes wrong but the sensors', () => {
    assert.deepEqual(parseOptions(['--split', 'val', '--out', 'x', '--calm', '--faults', '2.5'])?.variant, {
      faultRate: 2.5,
      calm: true,
      varied: false,
    });
  });

  it('gives help when asked', () => {
    assert.equal(parseOptions(['--help']), null);
  });

  const wrong: readonly [name: string, args: string[], message: RegExp][] = [
    ['no split', ['--out', 'x'], /^--split is missing: expected one of train, val, iid, heldout, demo\.$/],
    ['no folder', ['--split', 'val'], /^--out is missing/],
    ['an unknown split', ['--split', 'test', '--out', 'x'], /^--split: expected one of .* got "test"\.$/],
    ['a negative seed', ['--split', 'val', '--out', 'x', '--seed=-1'], /^--seed: expected a whole number/],
    ['half a cast', ['--split', 'val', '--out', 'x', '--count', '1.5'], /^--count: .* got "1\.5"\.$/],
    [
      'no worker',
      ['--split', 'val', '--out', 'x', '--workers', '0'],
      /^--workers: expected a whole number from 1/,
    ],
    ['an unknown option', ['--sped', '3'], /^Unknown option '--sped'. See --help\.$/],
    ['a fault rate below zero', ['--split', 'val', '--out', 'x', '--faults=-1'], /^--faults: expected/],
    [
      'a calm demo set',
      ['--split', 'demo', '--out', 'x', '--calm'],
      /^--faults, --calm, --varied: the demo set/,
    ],
    ['part of the demo set', ['--split', 'demo', '--out', 'x', '--count', '3'], /^--count: the demo set/],
  ];
  for (const [name, args, message] of wrong)
    it(`refuses ${name} in one clear line`, () => {
      assert.throws(
        () => parseOptions(args),
        (err: Error) => {
          assert.match(err.message, message);
          assert.ok(!err.message.includes('\n'));
          return true;
        },
      );
    });
});
