import assert from 'node:assert/strict';
import { lookIn, lookOf } from '../../../nodes/alert-manager/attention-words.js';

/** Ten parts of 20 s. */
const look = (weights: readonly number[]) => lookIn({ partS: 20, weights });

describe('Where the sequence model looked', () => {
  const rows: readonly [weights: number[], text: string, fromS: number, toS: number][] = [
    [[0, 0, 0, 0, 0, 0, 0, 0.1, 0.4, 0.5], 'looked mostly at the last 40 s', 40, 0],
    [[0, 0, 0, 0, 0, 0, 0, 0, 0.1, 0.9], 'looked mostly at the last 20 s', 20, 0],
    [[0, 0.4, 0.4, 0, 0, 0, 0, 0, 0.1, 0.1], 'looked mostly at the time from 3 min to 2.3 min ago', 180, 140], // prettier-ignore
    [new Array<number>(10).fill(0.1), 'looked at the whole of the last 3.3 min', 200, 0],
  ];
  for (const [weights, text, fromS, toS] of rows)
    it(`"${text}" for ${weights.join(' ')}`, () => {
      const { share, ...told } = look(weights)!;
      assert.deepEqual(told, { text, fromS, toS });
      assert.ok(share >= 0.6 - 1e-9 && share <= 1);
    });
  it('is not told without weight', () => assert.equal(look([0, 0]), null));
  it('is not told by a model without attention, or with something else in its place', () => {
    assert.equal(lookOf({ kind: 'sequence', probability: 1 }), null);
    for (const attention of [7, {}, { partS: 0, weights: [1] }, { partS: 1, weights: ['1'] }])
      assert.equal(lookOf({ kind: 'sequence', attention }), null);
  });
});
