import assert from 'node:assert/strict';
import type { AlarmRecord } from '../../../nodes/lib/alarm.js';
import {
  actionsFor,
  counts,
  fate,
  listed,
  shapeOf,
  STATE_NAMES,
  type AlarmChoice,
} from '../../../nodes/widgets/alarm-view.js';

const quiet = {
  condition: 'warning',
  acknowledged: false,
  confirmed: true,
  latched: false,
  shelving: null,
  suppressions: [],
  outOfService: null,
  acknowledgement: null,
  state: 'UNACK',
  level: 'warning',
  priority: 'medium',
  message: 'Strand 1: defect risk 86 %',
  castId: 'c1',
  wallTimes: { raised: 1000, closed: null },
};
const alarm = (id: string, changes: object = {}): AlarmRecord =>
  ({ id, strand: '1', ...quiet, ...changes }) as unknown as AlarmRecord;
const at = (raised: number): object => ({ wallTimes: { raised, closed: null } });

const choice = (changes: Partial<AlarmChoice> = {}): AlarmChoice => ({
  ...{ tab: 'active', order: 'priority', strand: null, words: '' },
  ...changes,
});
const ids = (alarms: readonly AlarmRecord[]): string => alarms.map(({ id }) => id).join(' ');

describe('list of alarms', () => {
  const open = [
    alarm('acked', {
      state: 'ACKED',
      acknowledged: true,
      priority: 'urgent',
      level: 'critical',
      ...at(9000),
    }),
    alarm('old', at(1000)),
    alarm('new', at(5000)),
    alarm('urgent', { priority: 'urgent', level: 'critical', strand: '10', ...at(2000) }),
    alarm('returned', { state: 'RTNUN', condition: null, strand: '2', ...at(8000) }),
    alarm('shelved', { state: 'SHLVD', shelving: { by: 'Ann', until: 70_000, comment: '' } }),
    alarm('suppressed', { state: 'DSUPR', suppressions: [{ by: null, reason: 'start-up' }] }),
  ];
  const over = [alarm('over', { state: 'NORM', condition: null })];

  const orders: readonly [name: string, choice: AlarmChoice, expected: string][] = [
    ['unacknowledged first, then by priority, then the newest', choice(), 'urgent new old returned acked'],
    ['newest first', choice({ order: 'newest' }), 'acked returned new urgent old'],
    ['oldest first', choice({ order: 'oldest' }), 'old urgent new returned acked'],
    ['by strand, 2 before 10', choice({ order: 'strand' }), 'acked new old returned urgent'],
    ['of one strand alone', choice({ strand: '2' }), 'returned'],
    ['that hold all words', choice({ words: 'CRITICAL strand 10' }), 'urgent'],
    ['that were put aside', choice({ tab: 'shelved', order: 'oldest' }), 'shelved suppressed'],
    ['that are over', choice({ tab: 'over' }), 'over'],
  ];
  for (const [name, wanted, expected] of orders)
    it(`shows those ${name}`, () => assert.equal(ids(listed({ open, over }, wanted)), expected));

  it('leaves the lists that it was given in their order', () => {
    const before = ids(open);
    listed({ open, over }, choice({ order: 'oldest' }));
    assert.equal(ids(open), before);
  });

  it('counts what is active, to be acknowledged and put aside', () =>
    assert.deepEqual(counts({ open, over }), { active: 5, toAcknowledge: 4, shelved: 2 }));
});

describe('line of an alarm', () => {
  it('has a shape of its own for each level, hollow once acknowledged', () => {
    const shapes = (['warning', 'critical'] as const).flatMap((level) =>
      (['UNACK', 'ACKED'] as const).map((state) => shapeOf({ level, state })),
    );
    assert.equal(new Set(shapes).size, 4);
  });

  it('differs in shape or words from every other level and state, so that nobody needs the colour', () => {
    const levels = ['warning', 'critical'] as const;
    const states = ['UNACK', 'ACKED', 'RTNUN', 'SHLVD', 'DSUPR', 'OOSRV', 'NORM'] as const;
    const lines = levels.flatMap((level) =>
      states.map((state) => shapeOf({ level, state }) + STATE_NAMES[state]),
    );
    assert.equal(new Set(lines).size, levels.length * states.length);
  });

  it('tells who acknowledged and what they said', () =>
    assert.equal(
      fate(alarm('a', { state: 'ACKED', acknowledgement: { by: 'Ann', comment: 'slowing down' } }), 0),
      'acknowledged · by Ann: “slowing down”',
    ));

  it('tells how long a shelving lasts by the clock of the server', () =>
    assert.equal(
      fate(alarm('a', { state: 'SHLVD', shelving: { by: 'Ann', until: 70_000, comment: '' } }), 10_000),
      'shelved · by Ann, 1 min left',
    ));

  const allowed: readonly [name: string, changes: object, expected: readonly string[]][] = [
    ['an unacknowledged one', {}, ['acknowledge', 'shelve']],
    ['an acknowledged one', { state: 'ACKED', acknowledged: true }, ['shelve']],
    ['one to be confirmed', { state: 'RTNUN', acknowledged: true, confirmed: false }, ['confirm', 'shelve']],
    ['a shelved one', { state: 'SHLVD', shelving: { by: 'Ann', until: 1, comment: '' } }, ['unshelve']],
    ['one suppressed by design', { state: 'DSUPR', suppressions: [{ by: null, reason: 'start-up' }] }, []],
    [
      'one suppressed by a person',
      { state: 'DSUPR', suppressions: [{ by: 'Ann', reason: 'repair' }] },
      ['unsuppress'],
    ],
    ['one out of service', { state: 'OOSRV', outOfService: { by: 'Ann', comment: '' } }, ['returnToService']],
    [
      'a latched one',
      { state: 'ACKED', acknowledged: true, condition: null, latched: true },
      ['shelve', 'resetLatch'],
    ],
    ['one that is over', { state: 'NORM', condition: null, acknowledged: true }, []],
  ];
  for (const [name, changes, expected] of allowed)
    it(`offers for ${name}: ${expected.join(', ') || 'nothing'}`, () => {
      const actions = Object.entries(actionsFor(alarm('a', changes))).filter(([, isAllowed]) => isAllowed);
      assert.deepEqual(
        actions.map(([action]) => action),
        expected,
      );
    });
});
