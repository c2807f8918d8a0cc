import assert from 'node:assert/strict';
import {
  episodesOf,
  excusedSeconds,
  falseAlarmsIn,
  isTimely,
  leadOf,
} from '../../../../models/evaluation/alarm-episodes.js';
import type { TrueEvent } from '../../../../models/evaluation/truth.js';

type Span = readonly [from: number, to: number];

/** Alarm seconds of a cast; spans include both ends. */
function alarm(spans: readonly Span[], seconds = 4000): Uint8Array {
  const on = new Uint8Array(seconds);
  for (const [from, to] of spans) on.fill(1, from, to + 1);
  return on;
}

const event = (onset: number, end: number, complete = end, type = 'long_crack'): TrueEvent => ({
  ...{ type, onset, complete, end },
});

describe('alarm episodes', () => {
  const cases: readonly [name: string, alarms: readonly Span[], episodes: readonly Span[]][] = [
    ['none without an alarm second', [], []],
    ['one of a single second', [[7, 7]], [[7, 7]]],
    [
      'merge over a gap of 60 s',
      [
        [100, 110],
        [170, 180],
      ],
      [[100, 180]],
    ],
    [
      'stay apart over a gap of 61 s',
      [
        [100, 110],
        [171, 180],
      ],
      [
        [100, 110],
        [171, 180],
      ],
    ],
    ['reach to the last second', [[3990, 3999]], [[3990, 3999]]],
  ];
  for (const [name, alarms, expected] of cases)
    it(name, () =>
      assert.deepEqual(
        episodesOf(alarm(alarms)).map(({ start, end }) => [start, end]),
        expected,
      ),
    );
});

describe('false alarms', () => {
  const cases: readonly [
    name: string,
    alarms: readonly Span[],
    events: readonly TrueEvent[],
    count: number,
  ][] = [
    ['are none without an alarm', [], [event(1000, 1100)], 0],
    ['count an episode far from any event', [[2000, 2010]], [event(1000, 1100)], 1],
    ['spare one that begins 60 s before onset', [[940, 950]], [event(1000, 1100)], 0],
    ['count one that begins 61 s before onset', [[939, 950]], [event(1000, 1100)], 1],
    ['count it although it reaches into the event', [[900, 1050]], [event(1000, 1100)], 1],
    ['spare one that begins 120 s after the end', [[1220, 1230]], [event(1000, 1100)], 0],
    ['count one that begins 121 s after the end', [[1221, 1230]], [event(1000, 1100)], 1],
    ['spare all of an episode that began in an event', [[1050, 3000]], [event(1000, 1100)], 0],
    ['count once up to 599 further seconds', [[2000, 2599]], [], 1],
    ['count again after a full 600 s', [[2000, 2600]], [], 2],
    ['count a third time after 1200 s', [[2000, 3200]], [], 3],
    ['stop counting where the episode meets an event', [[300, 2000]], [event(1000, 1100)], 2],
    [
      'count an episode that merging makes long once, and for its 600 s',
      [
        [2000, 2300],
        [2360, 2600],
      ],
      [],
      2,
    ],
    [
      'count each of two episodes',
      [
        [2000, 2010],
        [2080, 2090],
      ],
      [],
      2,
    ],
    ['bear an event that begins with the cast', [[0, 10]], [event(20, 100)], 0],
    ['bear an event that ends with the cast', [[3995, 3999]], [event(3900, 3999)], 0],
  ];
  for (const [name, alarms, events, count] of cases)
    it(name, () => assert.equal(falseAlarmsIn(alarm(alarms), excusedSeconds(events, 4000)), count));
});

describe('the lead of an event', () => {
  const cases: readonly [name: string, alarms: readonly Span[], lead: number][] = [
    [
      'counts from the first alarm second in it',
      [
        [1010, 1020],
        [1030, 1040],
      ],
      50,
    ],
    ['is that of the onset when the alarm is on already', [[900, 1500]], 60],
    ['is negative when the alarm came after completion', [[1080, 1090]], -20],
    ['is there at the very end', [[1100, 1100]], -40],
    ['is missing when the alarm came a second too late', [[1101, 1200]], NaN],
    ['is missing when the alarm ended before onset', [[900, 999]], NaN],
  ];
  for (const [name, alarms, lead] of cases)
    it(name, () => assert.equal(leadOf(alarm(alarms), event(1000, 1100, 1060)), lead));

  it('bears an event that reaches beyond the cast', () =>
    assert.equal(leadOf(alarm([[3990, 3999]]), event(3980, 4100, 4050)), 60));

  for (const [type, lead, timely] of [
    ['long_crack', 0, true],
    ['long_crack', -1, false],
    ['sticker', 5, true],
    ['sticker', 4, false],
    ['sticker', NaN, false],
  ] as const)
    it(`${lead} s is ${timely ? '' : 'not '}timely for ${type}`, () =>
      assert.equal(isTimely({ type }, lead), timely));
});
