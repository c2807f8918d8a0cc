import assert from 'node:assert/strict';
import { Tally } from '../../../nodes/perf-monitor/tally.js';

describe('Tally', () => {
  it('has the labels that are always there from the start', () => {
    assert.deepEqual(new Tally(4, ['warning', 'critical']).entries(), [
      ['warning', 0],
      ['critical', 0],
    ]);
  });

  it('counts labels beyond its limit together', () => {
    const tally = new Tally(2);
    for (const label of ['a', 'b', 'c', 'd', 'a']) tally.add(label);
    assert.deepEqual(tally.entries(), [
      ['a', 2],
      ['b', 1],
      ['other', 2],
    ]);
    assert.equal(tally.total(), 5);
  });

  it('keeps only what is always there after a reset', () => {
    const tally = new Tally(4, ['warning']);
    tally.add('warning');
    tally.add('other');
    tally.reset();
    assert.deepEqual(tally.entries(), [['warning', 0]]);
  });
});
