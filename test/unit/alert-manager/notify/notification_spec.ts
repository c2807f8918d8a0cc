import assert from 'node:assert/strict';
import type { AlarmRecord } from '../../../../nodes/lib/alarm.js';
import { wallMs } from '../../../../nodes/lib/clock.js';
import { AlarmDesk } from '../../../../nodes/alert-manager/alarm-desk.js';
import type { Alert } from '../../../../nodes/alert-manager/notify/alert.js';
import {
  digestOf,
  newsOf,
  notificationOf,
  type AlarmGroup,
  type AlarmNews,
} from '../../../../nodes/alert-manager/notify/notification.js';
import { evidence, SETTINGS, WALL } from '../story.js';

/** The record of an alarm on a strand after these risks, 10 s apart. */
function recordOf(strand: string, risks: readonly number[]): AlarmRecord {
  const desk = new AlarmDesk();
  const transitions = risks.flatMap((risk, look) =>
    desk.assess(evidence(10 * look, risk, { strand }), WALL, SETTINGS),
  );
  return transitions.at(-1)!.record;
}
const alertOf = (strand: string, ...risks: number[]): Alert<AlarmNews> => ({
  ...{ key: strand, fingerprint: strand, labels: { strand }, hush: 'no' },
  ...{ startsAt: WALL, endsAt: null, content: newsOf(recordOf(strand, risks)) },
});
const [one, two, mild] = [alertOf('1', 0.9), alertOf('2', 0.95), alertOf('1', 0.6)];
const [twoOver, mildOver] = [alertOf('2', 0.9, 0.1), alertOf('1', 0.6, 0.1)];

const groupOf = (change: Partial<AlarmGroup>): AlarmGroup => ({
  ...{ group: '["1"]', labels: {}, verdict: 'first', sequence: 1, at: WALL },
  ...{ firing: [], resolved: [], news: [] },
  ...change,
});

describe('a notification', () => {
  const rows: readonly [
    name: string,
    group: Partial<AlarmGroup>,
    topic: string,
    severity: string,
    event: string,
  ][] = [
    ['one alarm', { firing: [one], news: ['1'] }, 'Critical alarm: Strand 1', 'critical', 'raised'],
    ['a warning', { firing: [mild], news: ['1'] }, 'Warning alarm: Strand 1', 'warning', 'raised'],
    [
      'two strands',
      { firing: [one, two], news: ['2'] },
      'Critical alarm: several strands (2 alarms)',
      'critical',
      'raised',
    ],
    ['nothing new', { firing: [one], verdict: 'repeat' }, 'Still active: Strand 1', 'critical', 'repeated'],
    [
      'an end',
      { resolved: [mildOver], verdict: 'all-resolved' },
      'Returned to normal: Strand 1',
      'warning',
      'returned-to-normal',
    ],
    [
      'one of two that ended',
      { firing: [one], resolved: [twoOver], verdict: 'some-resolved' },
      'Partly back to normal: several strands',
      'critical',
      'returned-to-normal',
    ],
  ];
  for (const [name, group, topic, severity, event] of rows)
    it(`has a subject, a severity and an event for ${name}`, () => {
      const notification = notificationOf(groupOf(group), 'mail');
      assert.deepEqual(
        [notification.topic, notification.severity, notification.event],
        [topic, severity, event],
      );
    });

  it('is the sentence of its one alarm', () => {
    const { payload, alarm } = notificationOf(groupOf({ firing: [one], news: ['1'] }), 'mail');
    assert.equal(payload, one.content.record.message);
    assert.deepEqual(alarm, one.content.record);
  });

  it('names the first-out first, and is about the newest', () => {
    const { payload, alarm } = notificationOf(groupOf({ firing: [one, two], news: ['2'] }), 'mail');
    assert.deepEqual(payload.split('\n'), [
      `First out: ${one.content.record.message}`,
      two.content.record.message,
    ]);
    assert.equal(alarm!.strand, '2');
  });

  it('lists ten alarms, counts the rest, and holds all of them', () => {
    const firing = Array.from({ length: 14 }, (_, i) => alertOf(String(i), 0.9));
    const { payload, active } = notificationOf(groupOf({ firing, news: ['13'] }), 'mail');
    const lines = payload.split('\n');
    assert.equal(lines.length, 11);
    assert.equal(lines[10], 'and 4 more');
    assert.equal(active.length, 14);
  });

  it('has an id that a header can carry: another for each channel, group and count', () => {
    const groups = [
      groupOf({ firing: [one] }),
      groupOf({ firing: [one], sequence: 2 }),
      groupOf({ firing: [one], group: '["2"]' }),
    ];
    const ids = ['mail', 'Störung 1'].flatMap((name) =>
      groups.map((group) => notificationOf(group, name).id),
    );
    assert.equal(new Set(ids).size, 6);
    for (const id of ids) assert.match(id, /^[\w-]+$/);
    assert.equal(notificationOf(groups[0]!, 'mail').id, ids[0]);
  });

  it('is a copy: what a flow does to it stays in the flow', () => {
    const notification = notificationOf(groupOf({ firing: [one], news: ['1'] }), 'mail');
    (notification.active[0] as { message: string }).message = 'changed';
    assert.notEqual(one.content.record.message, 'changed');
  });
});

describe('a digest', () => {
  it('counts what it stands for and names the first ones', () => {
    const sample = notificationOf(groupOf({ firing: [one], news: ['1'] }), 'mail');
    const counts = { raised: 7, returned: 2, repeated: 1 };
    const held = { since: wallMs(WALL), notifications: 9, counts, samples: [sample] };
    const { topic, payload, digest, strand, active } = digestOf(
      held,
      'mail',
      'critical',
      wallMs(WALL + 60_000),
    );
    const told = '7 more alarms, 2 returned to normal, 1 still active in the last minute';
    assert.equal(topic, `Critical alarms: ${told}`);
    assert.equal(payload, `${told}: ${one.content.record.message}, ...`);
    assert.deepEqual(digest, { ...counts, notifications: 9 });
    assert.deepEqual([strand, active], [null, []]);
  });
});
