import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAlarms } from '../../oracles/check-alarms.js';
import { casesIn, type AlertmanagerFile } from '../../oracles/check-alertmanager.js';

const contentOf = (file: string): AlertmanagerFile =>
  JSON.parse(
    readFileSync(join(__dirname, '..', '..', 'oracles', 'alarms', file), 'utf8'),
  ) as AlertmanagerFile;

describe("Alertmanager's vectors", () => {
  it('pass through the scheduler: decision table, inhibition and timelines', () => {
    const file = contentOf('alertmanager_semantics.json');
    assert.equal(casesIn(file), 17);
    assert.deepEqual(checkAlarms(file), []);
  });

  it('pass through the scheduler: the recorded notifications of 12 random histories', () => {
    const file = contentOf('alertmanager_recordings.json');
    assert.equal(casesIn(file), 12);
    assert.deepEqual(checkAlarms(file), []);
  });

  const spoilt: readonly [string, string, (file: AlertmanagerFile) => AlertmanagerFile][] = [
    [
      'a decision turned round',
      'alertmanager_semantics.json',
      ({ oracle, needs_update }) => ({
        oracle,
        needs_update: needs_update!.map((row, i) => (i === 3 ? { ...row, notify: true } : row)),
      }),
    ],
    [
      'an inhibition turned round',
      'alertmanager_semantics.json',
      ({ oracle, inhibit_has_equal }) => ({
        oracle,
        inhibit_has_equal: inhibit_has_equal!.map((row, i) => (i === 1 ? { ...row, inhibited: false } : row)),
      }),
    ],
    [
      'a wanted notification less',
      'alertmanager_semantics.json',
      ({ oracle, timelines }) => ({
        oracle,
        timelines: [{ ...timelines![3]!, want: timelines![3]!.want.slice(1) }],
      }),
    ],
    [
      'a recorded notification an interval later',
      'alertmanager_recordings.json',
      ({ oracle, cases }) => {
        const [first, ...rest] = cases![0]!.notifications;
        return {
          oracle,
          cases: [{ ...cases![0]!, notifications: [{ ...first!, t: first!.t + 2 }, ...rest] }],
        };
      },
    ],
  ];
  for (const [what, file, spoil] of spoilt)
    it(`notice ${what}`, () => assert.equal(checkAlarms(spoil(contentOf(file))).length, 1));

  it('refuse a file that no checker knows', () => {
    assert.match(checkAlarms({ oracle: 'tea leaves' })[0]!, /no checker knows this file/);
  });
});
