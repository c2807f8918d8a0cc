import assert from 'node:assert/strict';
import type { Sequence } from '../../../nodes/lib/messages.js';
import { ChannelPicker } from '../../../nodes/sequence-infer/pick-channels.js';

/** Rows of numbers, null where nothing was measured. */
function sequence(sensors: readonly string[], rows: readonly (readonly (number | null)[])[]): Sequence {
  const cells = rows.flat();
  return {
    sensors,
    length: rows.length,
    values: Float32Array.from(cells, (cell) => cell ?? 0),
    mask: Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1)),
  };
}

function pick(
  payload: Sequence,
  names: readonly string[],
  length: number,
): { values: number[]; mask: number[] } {
  const size = names.length * length;
  const input = { values: new Float32Array(size).fill(7), mask: new Float32Array(size).fill(7), at: 0 };
  new ChannelPicker(names, length).pick(payload, input);
  return { values: [...input.values], mask: [...input.mask] };
}

describe('ChannelPicker', () => {
  it('takes channels by name, in the order of the model', () => {
    const { values, mask } = pick(sequence(['a', 'b', 'c'], [[1, 2, 3], [4, 5, 6]]), ['c', 'a'], 2); // prettier-ignore
    assert.deepEqual(values, [3, 1, 6, 4]);
    assert.deepEqual(mask, [1, 1, 1, 1]);
  });

  it('takes the newest steps of a longer sequence', () => {
    assert.deepEqual(pick(sequence(['a'], [[1], [2], [3]]), ['a'], 2).values, [2, 3]);
  });

  it('puts 0 where nothing was measured, and tells so in the mask', () => {
    const gaps = sequence(['a'], [[null], [2], [3]]);
    gaps.values[2] = NaN;
    assert.deepEqual(pick(gaps, ['a'], 3), { values: [0, 2, 0], mask: [0, 1, 0] });
  });

  it('follows a change of the order of the channels in the messages', () => {
    const picker = new ChannelPicker(['a'], 1);
    const input = { values: new Float32Array(1), mask: new Float32Array(1), at: 0 };
    picker.pick(sequence(['a', 'b'], [[1, 2]]), input);
    picker.pick(sequence(['b', 'a'], [[3, 4]]), input);
    assert.equal(input.values[0], 4);
  });

  const short = sequence(['a'], [[1]]);
  const refusals: readonly [name: string, payload: unknown, code: string, message: RegExp][] = [
    [
      'a sequence without a channel of the model',
      sequence(['b'], [[1], [2]]),
      'FEATURE_MISSING',
      /channels.*lacks 1: a\./,
    ],
    ['a sequence that is too short', short, 'FEATURE_MISSING', /needs 2 steps, the message has 1/],
    [
      'a payload that is no sequence',
      { mold_level: 3 },
      'MESSAGE_INVALID',
      /second output of feature-extract/,
    ],
    ['a sequence that went through JSON', JSON.parse(JSON.stringify(short)), 'MESSAGE_INVALID', /JSON/],
    ['values that do not fill the sequence', { ...short, length: 2 }, 'MESSAGE_INVALID', /2 x 1 numbers/],
  ];
  for (const [name, payload, code, message] of refusals)
    it(`refuses ${name}`, () => assert.throws(() => pick(payload as Sequence, ['a'], 2), { code, message }));
});
