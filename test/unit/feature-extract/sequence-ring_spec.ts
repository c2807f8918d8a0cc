import assert from 'node:assert/strict';
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

  it('masks a step in which nothing was measured', () => {
    const ring = new SequenceRing(['a'], 2, 2);
    for (const value of [NaN, NaN, 4, 6]) ring.push(row(value));
    assert.deepEqual([...ring.snapshot().mask], [0, 1]);
  });
});
