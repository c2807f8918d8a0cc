import assert from 'node:assert/strict';
import { slopeOf } from '../../soak/slope.js';

const samples = (count: number, valueAt: (at: number) => number) =>
  Array.from({ length: count }, (_, at) => ({ at, value: valueAt(at) }));

/** Noise that repeats, between -1 and 1. */
const noise = (at: number): number => Math.sin(at * 12.9898) * Math.cos(at * 78.233);

describe('the slope of a soak', () => {
  it('is what a straight line rises by', () => {
    const { slope, low, high } = slopeOf(samples(100, (at) => 5 + 2 * at));
    for (const value of [slope, low, high]) assert.ok(Math.abs(value - 2) < 1e-9);
  });

  it('can not be told from zero where there is only noise', () => {
    const { low, high } = slopeOf(samples(500, noise));
    assert.ok(low < 0 && high > 0);
  });

  it('is found below the noise', () => {
    const { low, high } = slopeOf(samples(500, (at) => 0.01 * at + noise(at)));
    assert.ok(low > 0 && low < 0.01 && high > 0.01);
  });

  it('needs two samples a block', () => {
    assert.throws(() => slopeOf(samples(19, () => 1)), /at least 20 samples, got 19/);
  });
});
