import assert from 'node:assert/strict';
import { ClockJumps } from '../../../nodes/sensor-buffer/clock-jumps.js';
import { reading } from './readings.js';

const LATEST_MS = 1_000_000;

/** Doubts readings at these seconds one after the other; tells what each brought about. */
function doubt(...seconds: number[]): string[] {
  const jumps = new ClockJumps(0);
  return seconds.map((second) => {
    const { believed, late, future } = jumps.doubt(reading(second), LATEST_MS);
    return [...believed.map(({ timestamp }) => timestamp / 1000), `${late}+${future}`].join(' ');
  });
}

describe('ClockJumps', () => {
  const rows: readonly [name: string, seconds: number[], expected: string[]][] = [
    [
      'believes three readings that agree on a time ahead',
      [5000, 5001, 5002],
      ['0+0', '0+0', '5000 5001 5002 0+0'],
    ],
    ['believes three readings that agree on a time before', [10, 11, 12], ['0+0', '0+0', '10 11 12 0+0']],
    [
      'gives up a stray when the next one disagrees',
      [9000, 5000, 5001, 5002],
      ['0+0', '0+1', '0+0', '5000 5001 5002 0+0'],
    ],
    ['takes late and future for two things', [990, 1100, 991], ['0+0', '1+0', '0+1']],
    ['lets a slow source step as far as it likes', [1120, 1240, 1360], ['0+0', '0+0', '1120 1240 1360 0+0']],
  ];
  for (const [name, seconds, expected] of rows) it(name, () => assert.deepEqual(doubt(...seconds), expected));

  it('believes a doubted reading once the clock has come near it', () => {
    const jumps = new ClockJumps(0);
    jumps.doubt(reading(1061), LATEST_MS);
    assert.deepEqual(
      jumps.giveUp(1_059_000).believed.map(({ timestamp }) => timestamp),
      [1_061_000],
    );
  });
});
