import assert from 'node:assert/strict';
import {
  chiSquareQuantile,
  fQuantile,
  logGamma,
  normalQuantile,
} from '../../../../nodes/lib/statistics/reference/quantile-functions.js';

/** Table values, as every handbook has them. */
const rows: readonly [name: string, got: number, expected: number][] = [
  ['normal .975', normalQuantile(0.975), 1.959963984540054],
  ['normal .5', normalQuantile(0.5), 0],
  ['normal .01', normalQuantile(0.01), -2.3263478740408408],
  ['chi-square .95, 1 degree', chiSquareQuantile(0.95, 1), 3.841458820694124],
  ['chi-square .99, 10 degrees', chiSquareQuantile(0.99, 10), 23.209251158954356],
  ['chi-square .05, 100 degrees', chiSquareQuantile(0.05, 100), 77.929465165],
  ['F .95, 1 and 5 degrees', fQuantile(0.95, 1, 5), 6.607890973703368],
  ['F .5, 4 and 4 degrees', fQuantile(0.5, 4, 4), 1],
  ['log gamma of 1', logGamma(1), 0],
  ['log gamma of 0.5', logGamma(0.5), 0.5723649429247001],
  ['log gamma of 101', logGamma(101), 363.73937555556347],
];
/** The handbooks' last digits. */
const TOLERANCE = 1e-11;

describe('quantiles of the distributions behind the limits', () => {
  for (const [name, got, expected] of rows)
    it(`${name} is ${expected}`, () =>
      assert.ok(Math.abs(got - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)), String(got)));
});
