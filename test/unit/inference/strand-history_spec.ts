import assert from 'node:assert/strict';
import { StrandHistory } from '../../../nodes/lib/inference/strand-history.js';

function historyOf(capacity: number, maxStrands: number, story: string): StrandHistory<number> {
  const history = new StrandHistory<number>(capacity, maxStrands);
  for (const word of story.split(' ')) history.add(word[0]!, Number(word.slice(1)));
  return history;
}

describe('StrandHistory', () => {
  const rows: readonly [
    name: string,
    capacity: number,
    maxStrands: number,
    story: string,
    expected: Record<string, number[]>,
  ][] = [
    ['keeps the newest of each strand, oldest first', 2, 9, 'a1 b1 a2 a3', { b: [1], a: [2, 3] }],
    ['lets the strand go that was silent for longest', 2, 2, 'a1 b1 a2 c1', { a: [1, 2], c: [1] }],
    ['keeps nothing when told so', 0, 9, 'a1', {}],
  ];
  for (const [name, capacity, maxStrands, story, expected] of rows)
    it(name, () => assert.deepEqual(historyOf(capacity, maxStrands, story).last(null, 100), expected));

  it('answers for one strand and as many as wanted', () => {
    assert.deepEqual(historyOf(5, 9, 'a1 a2 a3 b1').last('a', 2), { a: [2, 3] });
    assert.deepEqual(historyOf(5, 9, 'a1').last('z', 2), {});
  });

  it('forgets one strand, or all', () => {
    const history = historyOf(5, 9, 'a1 b1');
    history.reset('a');
    assert.deepEqual(history.last(null, 9), { b: [1] });
    history.reset(null);
    assert.deepEqual(history.last(null, 9), {});
  });

  it('keeps the newest when its bounds change, and goes on from there', () => {
    const history = historyOf(3, 9, 'a1 b1 a2 a3 a4');
    history.resize(2, 1);
    assert.deepEqual(history.last(null, 9), { a: [3, 4] });
    history.add('a', 5);
    assert.deepEqual(history.last(null, 9), { a: [4, 5] });
  });
});
