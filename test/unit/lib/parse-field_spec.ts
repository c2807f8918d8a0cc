import assert from 'node:assert/strict';
import { booleanField, choiceField, numberField, textField } from '../../../nodes/lib/parse-field.js';

const refused = (message: string) => ({ code: 'FIELD_INVALID', message });

describe('numberField', () => {
  const rule = { field: 'Delay', min: 0, max: 60, unit: 's' };
  const read: readonly [value: unknown, expected: number | undefined][] = [
    ['5', 5],
    [' 2.5 ', 2.5],
    [0, 0],
    ['0', 0],
    ['60', 60],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ];
  for (const [value, expected] of read)
    it(`reads ${JSON.stringify(value)} as ${expected ?? 'left blank'}`, () =>
      assert.equal(numberField(value, undefined, rule), expected));

  for (const value of ['five', '-1', '61', 'NaN', Infinity, true, [], {}, '5 s', '   x'])
    it(`refuses ${String(JSON.stringify(value))}`, () =>
      assert.throws(() => numberField(value, undefined, rule), { code: 'FIELD_INVALID' }));

  it('says which field, what is expected and what came', () => {
    assert.throws(
      () => numberField('61', undefined, rule),
      refused('Delay: expected a number from 0 to 60 s, got "61".'),
    );
    assert.throws(
      () => numberField('1.5', undefined, { field: 'Count', min: 1, integer: true }),
      refused('Count: expected a whole number from 1, got "1.5".'),
    );
  });
});

describe('textField', () => {
  it('trims, and takes only spaces for left blank', () => {
    assert.equal(textField(' casts ', 'x'), 'casts');
    assert.equal(textField('   ', 'x'), 'x');
    assert.equal(textField(5, 'x'), 'x');
  });
});

describe('booleanField', () => {
  it('reads a check box and an environment variable', () => {
    assert.equal(booleanField(false, true, 'Loop'), false);
    assert.equal(booleanField('true', false, 'Loop'), true);
    assert.equal(booleanField('', true, 'Loop'), true);
  });

  it('refuses anything else', () => {
    assert.throws(
      () => booleanField('yes', true, 'Loop'),
      refused('Loop: expected true or false, got "yes".'),
    );
  });
});

describe('choiceField', () => {
  it('reads one of its words', () => {
    assert.equal(choiceField('max', undefined, 'Method', ['max', 'voting']), 'max');
    assert.equal(choiceField('', undefined, 'Method', ['max', 'voting']), undefined);
  });

  it('lists its words when another comes', () => {
    assert.throws(
      () => choiceField('mean', undefined, 'Method', ['max', 'voting']),
      refused('Method: expected one of max, voting, got "mean".'),
    );
  });
});
