import assert from 'node:assert/strict';
import {
  age,
  castClock,
  elapsed,
  mechanismName,
  percent,
  quantity,
  threeDigits,
} from '../../../nodes/widgets/format.js';

describe('figures on the pages', () => {
  const rows: readonly [what: string, shown: string, expected: string][] = [
    ['a risk in percent', percent(0.856), '86 %'],
    ['no risk as a dash, never as 0', percent(null), '–'],
    ['a risk just below certainty as not certain', percent(0.9996), '99 %'],
    ['certainty', percent(1), '100 %'],
    ['a value with its unit', quantity(101.26, 1, 'mm'), '101.3 mm'],
    ['a missing value as a dash without a unit', quantity(null, 1, 'mm'), '–'],
    ['NaN as missing', quantity(NaN, 1), '–'],
    ['three digits that matter', threeDigits(0.012345), '0.0123'],
    ['large values without an exponent', threeDigits(4112.4), '4112'],
    ['time into the cast', elapsed(3723), '01:02:03'],
    ['no time as a dash', elapsed(null), '–'],
    ['seconds ago', age(8_400), '8 s'],
    ['minutes ago', age(185_000), '3 min'],
    ['hours ago', age(7_500_000), '2 h 05 min'],
    ['days ago', age(4 * 86_400_000), '4 d'],
    ['a clock that runs ahead as now', age(-5000), '0 s'],
    ['time of day of the cast', castClock(Date.UTC(2026, 2, 2, 7, 18, 5)), '07:18:05'],
    ['a kind of defect by its name', mechanismName('long_crack'), 'longitudinal crack'],
    ['an unknown kind spelled out', mechanismName('odd_thing'), 'odd thing'],
  ];
  for (const [what, shown, expected] of rows) it(`show ${what}`, () => assert.equal(shown, expected));
});
