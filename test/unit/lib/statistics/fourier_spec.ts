import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fourier, inverseFourier } from '../../../../nodes/lib/statistics/vibration/fourier.js';

/** The transform by its definition, N^2 steps. */
function plain(re: readonly number[]): [number, number][] {
  const angle = (k: number, n: number): number => (2 * Math.PI * ((k * n) % re.length)) / re.length;
  return re.map((_, k) => [
    re.reduce((sum, x, n) => sum + x * Math.cos(angle(k, n)), 0),
    re.reduce((sum, x, n) => sum - x * Math.sin(angle(k, n)), 0),
  ]);
}
const samples = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 70 });
/** Float64 over at most 70 numbers of at most 10. */
const TOLERANCE = 1e-10;
const isClose = (got: number, expected: number): void =>
  assert.ok(Math.abs(got - expected) < TOLERANCE, `${got} is not ${expected}`);

describe('fourier', () => {
  it('is the transform of the definition for any length, primes too', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const { re, im } = fourier({ re: Float64Array.from(values), im: new Float64Array(values.length) });
        plain(values).forEach(([a, b], k) => {
          isClose(re[k]!, a);
          isClose(im[k]!, b);
        });
      }),
    );
  });

  it('gives back what it was given, both parts', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const input = { re: Float64Array.from(values), im: Float64Array.from(values).reverse() };
        const { re, im } = inverseFourier(fourier(input));
        values.forEach((_, i) => {
          isClose(re[i]!, input.re[i]!);
          isClose(im[i]!, input.im[i]!);
        });
      }),
    );
  });
});
