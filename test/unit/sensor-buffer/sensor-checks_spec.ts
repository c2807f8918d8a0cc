import assert from 'node:assert/strict';
import { QUALITIES } from '../../../nodes/sensor-buffer/quality-codes.js';
import { SensorChecks } from '../../../nodes/sensor-buffer/sensor-checks.js';

type Limits = ConstructorParameters<typeof SensorChecks>[0][number];
const NO_WORD = new Uint8Array(1);

/** The qualities of one value a second; `null` is a second without one. */
function qualities(limits: Partial<Limits>, values: readonly (number | null)[], stepS = 1): string[] {
  const checks = new SensorChecks([{ range: [-1e6, 1e6], ...limits }]);
  const out = new Uint8Array(1);
  return values.map((value, index) => {
    checks.apply(index * stepS * 1000, Float64Array.of(value ?? NaN), out, NO_WORD);
    return QUALITIES[out[0]!]!.replace(/^bad\./, '');
  });
}
const wave = Array.from({ length: 60 }, (_, index) => 100 + (index % 2));

describe('SensorChecks', () => {
  const rows: readonly [
    name: string,
    limits: Partial<Limits>,
    values: (number | null)[],
    expected: string[],
  ][] = [
    [
      'range: its bounds can be real',
      { range: [0, 10] },
      [0, 10, -0.1, 10.1],
      ['good', 'good', 'out-of-range', 'out-of-range'],
    ],
    [
      'stuck: from stuck_after on',
      { stuck_after: 2 },
      [5, 5, 5, 5, 6],
      ['good', 'good', 'stuck', 'stuck', 'good'],
    ],
    [
      'stuck: a change in the last bit is a change',
      { stuck_after: 2 },
      [1545.3, 1545.3, 1545.3 * (1 + Number.EPSILON), 1545.3],
      ['good', 'good', 'good', 'good'],
    ],
    [
      'stuck: a missing value does not hide it',
      { stuck_after: 3 },
      [5, 5, null, 5],
      ['good', 'good', 'missing', 'stuck'],
    ],
    ['rate: faster than can be', { max_rate: 2 }, [10, 12, 14.1, 14], ['good', 'good', 'rate', 'good']],
    [
      'rate: a real step is taken once it could have been',
      { max_rate: 2 },
      [10, 15, 15, 15, 15],
      ['good', 'rate', 'rate', 'good', 'good'],
    ],
    [
      'rate: a gap gives time to change',
      { max_rate: 2 },
      [10, null, null, 15],
      ['good', 'missing', 'missing', 'good'],
    ],
    [
      'rate: a value out of range does not count as the last one',
      { range: [0, 50], max_rate: 2 },
      [10, 99, 11],
      ['good', 'out-of-range', 'good'],
    ],
  ];
  for (const [name, limits, values, expected] of rows)
    it(name, () => assert.deepEqual(qualities(limits, values), expected));

  it('spike: a jump of many usual steps, and what follows is good', () => {
    const found = qualities({ spike_sigma: 6 }, [...wave, 110, 100, 101]);
    assert.deepEqual(found.slice(-3), ['spike', 'good', 'good']);
  });

  it('spike: a level that stays is real', () => {
    const found = qualities({ spike_sigma: 6 }, [...wave, 120, 121, 120, 121, 120]);
    assert.deepEqual(found.slice(-5), ['spike', 'spike', 'good', 'good', 'good']);
  });

  it('spike: says nothing before it knows the usual step', () => {
    assert.deepEqual(qualities({ spike_sigma: 6 }, [100, 101, 500, 100]), ['good', 'good', 'good', 'good']);
  });

  it('spike: a sensor that never moved has no usual step', () => {
    const found = qualities({ spike_sigma: 6 }, [...new Array<number>(50).fill(1545.3), 1546]);
    assert.equal(found.at(-1), 'good');
  });

  it('starts over after more than a minute without a value', () => {
    assert.deepEqual(qualities({ max_rate: 1, stuck_after: 30 }, [10, null, null, 500, 500], 25), [
      'good',
      'missing',
      'missing',
      'good',
      'good',
    ]);
  });
});
