import assert from 'node:assert/strict';
import { AlarmDesk } from '../../../nodes/alert-manager/alarm-desk.js';
import { alarmMessage, timingsOf } from '../../../nodes/alert-manager/alarm-messages.js';
import { monoMs } from '../../../nodes/lib/clock.js';
import { evidence, SETTINGS, WALL } from './story.js';

const timings = { entry: monoMs(0), stages: {} };

describe('the message of a transition', () => {
  const [raised] = new AlarmDesk().assess(evidence(5, 0.9), WALL, SETTINGS);
  const envelope = { _msgid: 'm', shift: 'night', cast: { castId: 'c1', elapsed: 5 }, payload: 'risk' };

  it('carries along what the flow attached', () => {
    const message = alarmMessage(raised!, envelope, true, timings);
    assert.equal(message.shift, 'night');
    assert.equal(message.topic, '1');
    assert.equal(message.timestamp, 5000);
    assert.deepEqual(message.cast, envelope.cast);
    assert.deepEqual(message.payload, raised!.record);
    assert.notEqual(message.payload, raised!.record);
  });
  it('names the cast of the alarm, not of the message that ended it', () => {
    const next = { ...envelope, cast: { castId: 'c2', elapsed: 0 } };
    const { cast } = alarmMessage(raised!, next, true, timings);
    assert.deepEqual(cast, { strand: '1', castId: 'c1', elapsed: null });
  });
});

describe('timingsOf', () => {
  const rows: readonly [name: string, timings: unknown, expected: object][] = [
    [
      'takes those of the message',
      { entry: 3, stages: { ensemble: 1 } },
      { entry: 3, stages: { ensemble: 1 } },
    ],
    ['begins anew where there are none', undefined, { entry: 7, stages: {} }],
    ['begins anew where they are none', 'yesterday', { entry: 7, stages: {} }],
    ['keeps what is usable', { entry: 'x', stages: null }, { entry: 7, stages: {} }],
  ];
  for (const [name, given, expected] of rows)
    it(name, () => assert.deepEqual(timingsOf({ timings: given }, monoMs(7)), expected));
});
