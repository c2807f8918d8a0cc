import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SequenceRing } from '../../../nodes/feature-extract/sequence-ring.js';

const row = (...values: number[]): Float64Array => Float64Array.from(values);

describe('SequenceRing', () => {
  it('pads on the left, where nothing was measured yet', () => {
    const ring = new SequenceRing(['a', 'b'], 3, 1);
    ring.push(row(1, 2));
    ring.push(row(3, NaN));
    const { sensors, length, values, mask } = ring.snapshot();
    assert.deepEqual([sensors, length], [['a', 'b'], 3]);
    assert.deepEqual([...values], [0, 0, 1, 2, 3, 0]);
    assert.deepEqual([...mask], [0, 0, 1, 1, 1, 0]);
  });

  it('keeps the latest steps, oldest first', () => {
    const ring = new SequenceRing(['a'], 3, 1);
    for (let i = 1; i <= 8; i++) ring.push(row(i));
    assert.deepEqual([...ring.snapshot().values], [6, 7, 8]);
  });

  it('makes each step the mean of what was measured in it', () => {
    const ring = new SequenceRing(['a'], 2, 3);
    for (const value of [1, 2, 3, 4, NaN, 8]) ring.push(row(value));
    assert.deepEqual([...ring.snapshot().values], [2, 6]);
  });

  it('says the same as the plain means of each step, gaps or not, whenever it is asked', () => {
    const sample = fc.oneof(fc.constant(NaN), fc.double({ min: -100, max: 2000, noNaN: true }));
    const size = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 60 }), size, size, (samples, length, step) => {
        const ring = new SequenceRing(['a'], length, step);
        samples.forEach((value, at) => {
          ring.push(row(value));
          const { values, mask } = ring.snapshot();
          for (let i = 0; i < length; i++) {
            const end = at + 1 - (length - 1 - i) * step;
            const measured = samples
              .slice(Math.max(0, end - step), Math.max(0, end))
              .filter((one) => !Number.isNaN(one))
              .map(Math.fround);
            const mean = measured.reduce((sum, one) => sum + one, 0) / measured.length;
            assert.equal(mask[i], measured.length > 0 ? 1 : 0);
            assert.equal(values[i], measured.length > 0 ? Math.fround(mean) : 0);
          }
        });
      }),
    );
  });

  it('masks a step in which nothing was measured', () => {
    const ring = new SequenceRing(['a'], 2, 2);
    for (const value of [NaN, NaN, 4, 6]) ring.push(row(value));
    assert.deepEqual([...ring.snapshot().mask], [0, 1]);
  });
});
