import assert from 'node:assert/strict';
import { MAX_PENDING, turnSize, type Work } from '../../../nodes/lib/inference/turn-size.js';

/** A network at work: eight instants in a run. */
const work = (part: Partial<Work>): Work => ({
  ...{ pending: 1, waiting: 0, explaining: 0, batch: 8, busyTurns: 1 },
  ...part,
});
const runsOf = (part: Partial<Work>): [predictions: number, explanations: number] => {
  const { predictions, explanations } = turnSize(work(part));
  return [predictions, explanations];
};

describe('turnSize', () => {
  const table: [name: string, part: Partial<Work>, predictions: number, explanations: number][] = [
    ['takes nothing when nothing waits', { pending: 3 }, 0, 0],
    ['takes a single run while little is pending', { pending: 31, waiting: 31 }, 1, 0],
    ['lets an explanation have a turn in which no prediction waits', { explaining: 3 }, 0, 1],
    ['lets predictions go first', { pending: 20, waiting: 16, explaining: 4 }, 1, 0],
    ['adds a run of an explanation in every fourth turn', { waiting: 9, explaining: 4, busyTurns: 8 }, 1, 1],
    ['takes more runs the more is pending', { pending: 128, waiting: 128 }, 5, 0],
    ['halves longer turns', { pending: 128, waiting: 116, explaining: 12 }, 3, 2],
    ['gives explanations what predictions leave', { pending: 128, waiting: 7, explaining: 12 }, 1, 4],
    ['gives predictions what explanations leave', { pending: 128, waiting: 127, explaining: 1 }, 4, 1],
    ['takes more than eight in a flood', { pending: 1536, waiting: 1536 }, 8 + 16, 0],
    ['counts eight runs of a single row as one', { pending: 31, waiting: 31, batch: 1 }, 8, 0],
  ];
  for (const [name, part, predictions, explanations] of table)
    it(name, () => assert.deepEqual(runsOf(part), [predictions, explanations]));

  it('takes eight runs of the network at most until half of the places are taken', () => {
    for (let pending = 1; pending < MAX_PENDING / 2; pending++) {
      const { predictions, explanations } = turnSize(
        work({ pending, waiting: pending, explaining: pending }),
      );
      assert.ok(predictions + explanations <= 8);
    }
  });

  it('works off what a replay as fast as it goes brings, explanations and all, before places run out', () => {
    const { predictions } = turnSize(work({ pending: 2000, waiting: 1000, explaining: 1000 }));
    // One turn of the line takes two of the event loop, in each of which a replay hands on up to 50 readings.
    assert.ok(predictions * 8 > 2 * 50);
  });
});
