import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asError, ConfigError, shown, StrandWatchError } from '../../../nodes/lib/errors.js';

describe('StrandWatchError', () => {
  it('carries code, cause and the name of its kind', () => {
    const cause = new Error('disk full');
    const error = new ConfigError('CONFIG_INVALID', 'no', { cause });
    assert.ok(error instanceof StrandWatchError);
    assert.deepEqual([error.name, error.code, error.cause], ['ConfigError', 'CONFIG_INVALID', cause]);
  });
});

describe('shown', () => {
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  const rows: readonly [name: string, value: unknown, text: string][] = [
    ['a text', '5%', '"5%"'],
    ['a number', 5, '5'],
    ['not a number', NaN, 'NaN'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a list', [1, 'a'], '[1,"a"]'],
    ['a big integer', 10n, '10'],
    ['a typed array', new Float32Array(3), 'Float32Array of 12 bytes'],
    ['a circular object', circular, 'an object'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
  ];
  for (const [name, value, text] of rows) it(`shows ${name}`, () => assert.equal(shown(value), text));

  it('never throws and never takes more than 60 characters', () => {
    fc.assert(fc.property(fc.anything(), (value) => shown(value).length <= 60));
  });

  it('keeps a text of 10 MB short', () => assert.equal(shown('x'.repeat(10_000_000)).length, 60));
});

describe('asError', () => {
  it('keeps an error as it is, and wraps anything else', () => {
    const error = new Error('no');
    assert.equal(asError(error), error);
    assert.equal(asError('text').message, '"text"');
    assert.equal(asError(undefined).message, 'undefined');
  });
});
