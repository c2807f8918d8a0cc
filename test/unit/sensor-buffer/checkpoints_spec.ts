import assert from 'node:assert/strict';
import { configWith } from '../../support/config.js';
import { Checkpoints } from '../../../nodes/sensor-buffer/checkpoints.js';
import { GOOD, HELD, MISSING } from '../../../nodes/sensor-buffer/quality-codes.js';

const SENSORS = ['casting_speed', 'mold_water_flow'];
const COOLED = {
  name: 'cooled while casting',
  check: 'plausible',
  when: { casting_speed: [0.3, 3] },
  expect: { mold_water_flow: [1000, 8000] },
} as const;

const passes = (
  checkpoint: ConstructorParameters<typeof Checkpoints>[0][number],
  values: number[],
  codes: number[],
): boolean => new Checkpoints([checkpoint], SENSORS).count(Float64Array.from(values), Uint8Array.from(codes));

describe('Checkpoints', () => {
  const rows: readonly [name: string, values: number[], codes: number[], passes: boolean][] = [
    ['passes a strand that is cooled while it casts', [1.2, 4000], [GOOD, GOOD], true],
    ['fails one that is not', [1.2, 20], [GOOD, GOOD], false],
    ['expects nothing while nothing is cast', [0, 20], [GOOD, GOOD], true],
    ['takes a held value at its word', [1.2, 20], [GOOD, HELD], false],
    ['does not judge by a value that is missing', [1.2, NaN], [GOOD, MISSING], true],
    ['does not apply where its condition is missing', [NaN, 20], [MISSING, GOOD], true],
  ];
  for (const [name, values, codes, expected] of rows)
    it(name, () => assert.equal(passes(COOLED, values, codes), expected));

  it('wants the named share of sensors good', () => {
    const half = { name: 'half', check: 'fraction-good', at_least: 0.5 } as const;
    assert.equal(passes(half, [1, NaN], [GOOD, MISSING]), true);
    assert.equal(passes(half, [1, 2], [HELD, HELD]), false);
  });

  it('wants all sensors present', () => {
    const present = { name: 'all', check: 'present' } as const;
    assert.equal(passes(present, [1, 2], [GOOD, HELD]), true);
    assert.equal(passes(present, [1, NaN], [GOOD, MISSING]), false);
  });

  it('is refused by the configuration when it names a sensor there is not', () => {
    assert.throws(() => configWith({ streaming: { checkpoints: [COOLED] } }), /no sensor is called/);
  });
});
