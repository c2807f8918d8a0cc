import assert from 'node:assert/strict';
import { AlarmDesk } from '../../../nodes/alert-manager/alarm-desk.js';
import { carryOut, type Outcome } from '../../../nodes/alert-manager/commands.js';
import type { AlarmRecord } from '../../../nodes/lib/alarm.js';
import type { AlarmSettings } from '../../../nodes/alert-manager/settings.js';
import { acknowledge as acknowledgeOne } from '../../../nodes/alert-manager/operator.js';
import { performanceSchema } from '../../../nodes/lib/config/performance.js';
import { Performance } from '../../../nodes/alert-manager/kpi/performance.js';
import { ANN, evidence, SETTINGS, toolsFor, unacknowledged, WALL } from './story.js';

describe('commands to alert-manager', () => {
  /** Open: `1` unacknowledged, `2` acknowledged; over: one of strand 2. */
  function desk(): AlarmDesk {
    const alarms = new AlarmDesk();
    const look = (strand: string, second: number, risk: number) =>
      alarms.assess(evidence(second, risk, { strand }), WALL, SETTINGS);
    const acknowledge = (strand: string) =>
      alarms.book.open(strand).map((record) => acknowledgeOne(record, ANN, toolsFor(alarms)));
    look('2', 0, 0.6);
    acknowledge('2');
    look('2', 5, 0.1);
    look('2', 10, 0.6);
    acknowledge('2');
    look('1', 10, 0.9);
    return alarms;
  }
  const OPEN = '1/c1/defect-risk/10000';
  const ACKNOWLEDGED = '2/c1/defect-risk/10000';
  const OVER = '2/c1/defect-risk/0';

  function give(
    name: string,
    args: Record<string, unknown>,
    strand: string | null = null,
    alarms = desk(),
  ): Outcome & { set: AlarmSettings['thresholds'][] } {
    const set: AlarmSettings['thresholds'][] = [];
    const outcome = carryOut(
      { name, strand, args },
      {
        desk: alarms,
        settings: SETTINGS,
        wall: WALL,
        kpis: () => new Performance(performanceSchema.parse({}), [], WALL).kpis([], WALL),
        setThresholds(thresholds) {
          set.push(thresholds);
          return thresholds;
        },
      },
    );
    return { ...outcome, set };
  }
  const ids = ({ result }: Outcome): string[] => (result as AlarmRecord[]).map(({ id }) => id);

  const carried: readonly [
    name: string,
    command: string,
    args: Record<string, unknown>,
    strand: string | null,
    expected: string[],
  ][] = [
    ['acknowledges one by its id', 'acknowledge', { id: OPEN }, null, [OPEN]],
    ['takes a bare id', 'acknowledge', { value: OPEN }, null, [OPEN]],
    ['acknowledges all of a strand', 'acknowledge', {}, '1', [OPEN]],
    ['acknowledges all', 'acknowledge', {}, null, [OPEN]],
    ['has nothing to acknowledge on a strand that is quiet', 'acknowledge', {}, '9', []],
    ['gives the open alarms, newest first', 'get-alarms', {}, null, [OPEN, ACKNOWLEDGED]],
    ['gives the open alarms of a strand', 'get-alarms', {}, '2', [ACKNOWLEDGED]],
    ['gives the alarms that are over', 'get-history', {}, null, [OVER]],
    ['gives those of a strand', 'get-history', { limit: 5 }, '1', []],
    ['ends all', 'reset', {}, null, [ACKNOWLEDGED, OPEN]],
  ];
  for (const [name, command, args, strand, expected] of carried)
    it(name, () => assert.deepEqual(ids(give(command, args, strand)), expected));

  it('keeps who acknowledged and the comment', () => {
    const { transitions } = give('acknowledge', { id: OPEN, user: 'Bob', comment: 'slowing down' });
    assert.deepEqual(transitions[0]!.record.acknowledgement, { by: 'Bob', comment: 'slowing down' });
  });
  it('hands out copies', () => {
    const alarms = desk();
    const [record] = give('get-alarms', {}, null, alarms).result as { state: string }[];
    record!.state = 'NORM';
    assert.equal(alarms.book.find(OPEN)?.state, 'UNACK');
  });

  const thresholds: readonly [name: string, args: Record<string, unknown>, expected: object][] = [
    ['both thresholds', { warning: 0.3, critical: 0.6, user: 'Ann' }, { warning: 0.3, critical: 0.6 }],
    ['the warning threshold alone', { warning: 0.3 }, { warning: 0.3, critical: 0.8 }],
    ['the critical threshold alone', { critical: 0.9 }, { warning: 0.5, critical: 0.9 }],
  ];
  for (const [name, args, expected] of thresholds)
    it(`sets ${name}`, () => assert.deepEqual(give('set-thresholds', args).set, [expected]));

  const refused: readonly [
    name: string,
    command: string,
    args: Record<string, unknown>,
    strand: string | null,
    told: RegExp,
  ][] = [
    ['an id nobody knows', 'acknowledge', { id: 'x' }, null, /acknowledge of alarm "x": it is not known/],
    ['an alarm that is over', 'acknowledge', { id: OVER }, null, /it is over/],
    ['an alarm of another strand', 'acknowledge', { id: OPEN }, '2', /it is on strand 1/],
    ['a second acknowledgement', 'acknowledge', { id: ACKNOWLEDGED }, null, /acknowledged already, by Ann/],
    [
      'an id that is no text',
      'acknowledge',
      { id: 7 },
      null,
      /^msg\.payload\.id: expected the id of an alarm, got 7/,
    ],
    ['an id that got lost', 'acknowledge', { id: undefined }, null, /^msg\.payload\.id/],
    ['a null id', 'acknowledge', { value: null }, null, /^msg\.payload\.id/],
    ['a list of ids', 'acknowledge', { value: [OPEN] }, null, /^msg\.payload\.id/],
    ['a comment that is no text', 'acknowledge', { id: OPEN, comment: 7 }, null, /^msg\.payload\.comment/],
    [
      'a user of 10 MB',
      'acknowledge',
      { id: OPEN, user: 'x'.repeat(1e7) },
      null,
      /^msg\.payload\.user: expected a name of at most 200/,
    ],
    [
      'a comment of 10 MB',
      'acknowledge',
      { id: OPEN, comment: 'x'.repeat(1e7) },
      null,
      /at most 1000 characters/,
    ],
    ['a bare threshold', 'set-thresholds', { value: 0.4 }, null, /expected warning, critical or both/],
    ['no threshold', 'set-thresholds', {}, null, /expected warning, critical or both/],
    [
      'a misspelled threshold',
      'set-thresholds',
      { warnings: 0.4 },
      null,
      /expected warning, critical or both/,
    ],
    [
      'a text for a threshold',
      'set-thresholds',
      { warning: '0.4' },
      null,
      /^msg\.payload\.warning: expected a number 0\.\.1/,
    ],
    ['a percentage', 'set-thresholds', { critical: 80 }, null, /^msg\.payload\.critical/],
    ['NaN', 'set-thresholds', { critical: NaN }, null, /^msg\.payload\.critical/],
    ['no alarms at all', 'get-history', { limit: 0 }, null, /^msg\.payload\.limit/],
    ['a text for a limit', 'get-history', { value: 'ten' }, null, /^msg\.payload\.limit/],
    ['a command of another node', 'seek', {}, null, /expected one of acknowledge, confirm, reset-latch/],
  ];
  for (const [name, command, args, strand, told] of refused) {
    it(`refuses ${name} and changes nothing`, () => {
      const alarms = desk();
      const before = alarms.book.snapshot();
      assert.throws(() => give(command, args, strand, alarms), { message: told });
      assert.deepEqual(alarms.book.snapshot(), before);
      assert.equal(unacknowledged(alarms).length, 1);
    });
  }
});
