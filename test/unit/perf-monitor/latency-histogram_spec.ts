import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LatencyHistogram } from '../../../nodes/perf-monitor/latency-histogram.js';

const histogramOf = (values: readonly number[]): LatencyHistogram => {
  const histogram = new LatencyHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
};
/** 1 µs to 99 s: what the buckets tell apart. */
const latency = fc.double({ min: 0.001, max: 99_000, noNaN: true });

describe('LatencyHistogram', () => {
  it('gives quantiles at most 10 % above the true ones, and never below', () => {
    fc.assert(
      fc.property(
        fc.array(latency, { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0.5, 0.95, 0.99, 1),
        (values, share) => {
          const sorted = [...values].sort((a, b) => a - b);
          const exact = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
          const told = histogramOf(values).recentQuantile(share)!;
          // 1e-9: decimal edges are not exact in binary.
          return told >= exact * (1 - 1e-9) && told <= exact * 1.1 * (1 + 1e-9) + 0.0001;
        },
      ),
    );
  });

  it('counts exactly up to the bounds that Prometheus is given', () => {
    const histogram = histogramOf([0.1, 0.25, 0.250001, 5, 5.0001, 20, 500, 10_000]);
    const rows: readonly [seconds: number, count: number][] = [
      [0.0001, 1],
      [0.00025, 2],
      [0.005, 4],
      [0.01, 5],
      [0.02, 6],
      [0.5, 7],
      [10, 8],
    ];
    for (const [seconds, count] of rows) assert.equal(histogram.countUpTo(seconds), count, `${seconds} s`);
  });

  it('never counts less up to a higher bound', () => {
    fc.assert(
      fc.property(fc.array(latency), latency, latency, (values, one, other) => {
        const histogram = histogramOf(values);
        const [low, high] = [Math.min(one, other) / 1000, Math.max(one, other) / 1000];
        return histogram.countUpTo(low) <= histogram.countUpTo(high);
      }),
    );
  });

  it('leaves out what is no latency', () => {
    const histogram = histogramOf([-1, NaN, 2]);
    assert.equal(histogram.count, 1);
    assert.equal(histogram.sumSeconds, 0.002);
  });

  it('says nothing of no latencies', () => assert.equal(new LatencyHistogram().recentQuantile(0.5), null));

  it('counts what takes longer than 100 s as the longest', () => {
    assert.equal(histogramOf([1e9]).recentQuantile(0.99), Infinity);
  });

  it('forgets for its quantiles what lies more than its periods back, and nothing for its counts', () => {
    const histogram = new LatencyHistogram(2);
    histogram.record(500);
    histogram.endPeriod();
    histogram.record(5);
    assert.equal(histogram.recentQuantile(1), 500);
    histogram.endPeriod();
    assert.equal(histogram.recentQuantile(1), 5);
    histogram.endPeriod();
    assert.equal(histogram.recentQuantile(1), null);
    assert.equal(histogram.count, 2);
  });
});
