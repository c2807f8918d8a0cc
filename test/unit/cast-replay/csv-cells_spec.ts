import assert from 'node:assert/strict';
import { dialectOf } from '../../../nodes/cast-replay/csv-dialect.js';
import { numberIn } from '../../../nodes/cast-replay/number-cell.js';
import { timeFormatOf, timeParser, type TimeFormat } from '../../../nodes/cast-replay/time-column.js';

describe('numberIn', () => {
  const rows: readonly [cell: string, decimal: '.' | ',', expected: number][] = [
    ['1.5', '.', 1.5],
    [' -0.25 ', '.', -0.25],
    ['+3e-2', '.', 0.03],
    ['.5', '.', 0.5],
    ['0', '.', 0],
    ['1,5', ',', 1.5],
    ['-1545,3', ',', -1545.3],
    ['1,5', '.', NaN],
    ['1.5', ',', NaN],
    ['1,234,567', ',', NaN],
    ['', '.', NaN],
    ['n/a', '.', NaN],
    ['NaN', '.', NaN],
    ['Infinity', '.', NaN],
    ['1e999', '.', NaN],
    ['0x10', '.', NaN],
    ['12 mm', '.', NaN],
  ];
  for (const [cell, decimal, expected] of rows)
    it(`reads ${JSON.stringify(cell)} with decimal ${decimal} as ${expected}`, () =>
      assert.equal(numberIn(cell, decimal), expected));
});

describe('dialectOf', () => {
  const rows: readonly [name: string, head: string, delimiter: string, decimal: string, lineEnd: string][] = [
    ['comma and point', 't,a,b\n0,1.5,2\n', ',', '.', '\n'],
    ['semicolon and point', 't;a;b\r\n0;1.5;2\r\n', ';', '.', '\n'],
    ['semicolon and decimal comma', 't;a;b\n0;1,5;2\n', ';', ',', '\n'],
    ['tab', 't\ta\tb\n0\t1.5\t2\n', '\t', '.', '\n'],
    ['bar', 't|a\n0|1,5\n', '|', ',', '\n'],
    ['a comma inside a quoted name', '"t";"flow, zone 1";"b"\n0;1.5;2\n', ';', '.', '\n'],
    ['quoted decimal commas between commas', 't,a\n0,"1,5"\n', ',', ',', '\n'],
    ['whole numbers only', 't,a\n0,1\n', ',', '.', '\n'],
    ['carriage returns alone', 't,a\r0,1\r', ',', '.', '\r'],
    ['one column', 't\n0\n', ',', '.', '\n'],
  ];
  for (const [name, head, delimiter, decimal, lineEnd] of rows)
    it(`recognises ${name}`, () => assert.deepEqual(dialectOf(head, {}), { delimiter, decimal, lineEnd }));

  it('leaves the word to the settings', () => {
    const { delimiter, decimal } = dialectOf('t;a\n0;1.5\n', { delimiter: ',', decimal: ',' });
    assert.deepEqual([delimiter, decimal], [',', ',']);
  });
});

describe('timeFormatOf', () => {
  const rows: readonly [cell: string, expected: TimeFormat | null][] = [
    ['0', 'seconds'],
    ['7199.5', 'seconds'],
    ['1583748873', 'epoch_s'],
    ['1583748873.25', 'epoch_s'],
    ['1583748873250', 'epoch_ms'],
    ['2020-03-09 10:14:33', 'iso'],
    ['09.03.2020', null],
    ['', null],
  ];
  for (const [cell, expected] of rows)
    it(`takes ${JSON.stringify(cell)} for ${expected ?? 'no time'}`, () =>
      assert.equal(timeFormatOf(cell, '.'), expected));
});

describe('timeParser', () => {
  const utc = (text: string): number => Date.parse(text);
  const rows: readonly [format: TimeFormat, zone: string, cell: string, expected: number][] = [
    ['seconds', 'UTC', '0.1', 100],
    ['seconds', 'UTC', '-5', -5000],
    ['epoch_s', 'UTC', '1583748873.2504', 1583748873250],
    ['epoch_ms', 'UTC', '1583748873250', 1583748873250],
    ['iso', 'UTC', '2020-03-09 10:14:33', utc('2020-03-09T10:14:33Z')],
    ['iso', 'UTC', '2020-03-09T10:14:33.25Z', utc('2020-03-09T10:14:33.250Z')],
    ['iso', 'UTC', '2020-03-09T10:14:33,25', utc('2020-03-09T10:14:33.250Z')],
    ['iso', 'UTC', '2020-03-09 10:14', utc('2020-03-09T10:14:00Z')],
    ['iso', 'UTC', '2020-03-09', utc('2020-03-09T00:00:00Z')],
    ['iso', '+01:00', '2020-03-09 10:14:33', utc('2020-03-09T09:14:33Z')],
    ['iso', '-03:30', '2020-03-09 10:14:33', utc('2020-03-09T13:44:33Z')],
    ['iso', 'Europe/Vienna', '2020-01-09 10:00:00', utc('2020-01-09T09:00:00Z')],
    ['iso', 'Europe/Vienna', '2020-07-09 10:00:00', utc('2020-07-09T08:00:00Z')],
    ['iso', 'Europe/Vienna', '2020-07-09T10:00:00Z', utc('2020-07-09T10:00:00Z')],
    ['iso', 'Europe/Vienna', '2020-07-09T10:00:00+05:30', utc('2020-07-09T04:30:00Z')],
    // The hour that the change to summer time skips, and the one that the change back repeats.
    ['iso', 'Europe/Vienna', '2020-03-29 01:59:59', utc('2020-03-29T00:59:59Z')],
    ['iso', 'Europe/Vienna', '2020-03-29 02:30:00', utc('2020-03-29T01:30:00Z')],
    ['iso', 'Europe/Vienna', '2020-03-29 03:00:00', utc('2020-03-29T01:00:00Z')],
    ['iso', 'Europe/Vienna', '2020-10-25 02:30:00', utc('2020-10-25T00:30:00Z')],
    ['iso', 'Europe/Vienna', '2020-10-25 03:00:00', utc('2020-10-25T02:00:00Z')],
    ['iso', 'UTC', '2020-02-30 10:00:00', NaN],
    ['iso', 'UTC', '2020-13-01 10:00:00', NaN],
    ['iso', 'UTC', '2020-03-09 24:00:00', NaN],
    ['iso', 'UTC', 'noon', NaN],
    ['seconds', 'UTC', 'noon', NaN],
  ];
  for (const [format, zone, cell, expected] of rows)
    it(`reads ${cell} as ${format} in ${zone}`, () =>
      assert.equal(timeParser(format, '.', zone)(cell), expected));

  it('names the time zones it takes when there is no such one', () => {
    assert.throws(() => timeParser('iso', '.', 'Mars/Olympus'), {
      code: 'CONFIG_INVALID',
      message: /"Mars\/Olympus"/,
    });
  });
});
