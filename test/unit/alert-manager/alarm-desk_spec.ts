import assert from 'node:assert/strict';
import { AlarmDesk } from '../../../nodes/alert-manager/alarm-desk.js';
import { acknowledge, reset } from '../../../nodes/alert-manager/operator.js';
import { restore, snapshotOf } from '../../../nodes/alert-manager/restore.js';
import {
  acknowledgeAll,
  ANN,
  evidence,
  play,
  SETTINGS,
  settingsWith,
  told,
  toolsFor,
  unacknowledged,
  WALL,
  type Change,
} from './story.js';

describe('AlarmDesk', () => {
  const rows: readonly [name: string, change: Change, story: string, expected: string[]][] = [
    ['stays silent below the limits', {}, '0=0.1 5=0.5 10=0.2', []],
    [
      'raises and returns unacknowledged',
      {},
      '0=0.6 5=0.1',
      ['raised:above-warning NORM>UNACK warning', 'returned-to-normal:below-limit UNACK>RTNUN warning'],
    ],
    [
      'is over once it was acknowledged and has returned',
      {},
      '0=0.6 5=ack 10=0.1',
      [
        'raised:above-warning NORM>UNACK warning',
        'acknowledged:operator UNACK>ACKED warning',
        'returned-to-normal:below-limit ACKED>NORM warning',
      ],
    ],
    [
      'is over once it has returned and was acknowledged',
      {},
      '0=0.6 5=0.1 10=ack',
      [
        'raised:above-warning NORM>UNACK warning',
        'returned-to-normal:below-limit UNACK>RTNUN warning',
        'acknowledged:operator RTNUN>NORM warning',
      ],
    ],
    [
      'is the same alarm when the risk comes back before anyone acknowledged',
      {},
      '0=0.6 5=0.1 10=0.9',
      [
        'raised:above-warning NORM>UNACK warning',
        'returned-to-normal:below-limit UNACK>RTNUN warning',
        'raised:above-again RTNUN>UNACK critical',
      ],
    ],
    [
      'must be acknowledged anew when the risk turns critical',
      {},
      '0=0.6 5=ack 10=0.9',
      [
        'raised:above-warning NORM>UNACK warning',
        'acknowledged:operator UNACK>ACKED warning',
        'escalated:above-critical ACKED>UNACK critical',
      ],
    ],
    [
      'stays critical until acknowledged, though the risk has eased',
      {},
      '0=0.9 5=0.6 10=0.6 15=ack',
      [
        'raised:above-critical NORM>UNACK critical',
        'eased:below-critical UNACK>UNACK critical',
        'acknowledged:operator UNACK>ACKED critical',
        'eased:below-critical ACKED>ACKED warning',
      ],
    ],
    [
      'eases with the risk once acknowledged',
      {},
      '0=0.9 5=ack 10=0.6',
      [
        'raised:above-critical NORM>UNACK critical',
        'acknowledged:operator UNACK>ACKED critical',
        'eased:below-critical ACKED>ACKED warning',
      ],
    ],
    [
      'becomes critical when nobody acknowledges in time',
      { escalateAfterMs: 60_000 },
      '0=0.6 55=0.6 60=0.6 65=0.6',
      ['raised:above-warning NORM>UNACK warning', 'escalated:unacknowledged-too-long UNACK>UNACK critical'],
    ],
    [
      'does not escalate once acknowledged',
      { escalateAfterMs: 60_000 },
      '0=0.6 5=ack 60=0.6 90=0.6',
      ['raised:above-warning NORM>UNACK warning', 'acknowledged:operator UNACK>ACKED warning'],
    ],
    [
      'escalates also while no model speaks',
      { escalateAfterMs: 60_000 },
      '0=0.6 60=-',
      ['raised:above-warning NORM>UNACK warning', 'escalated:unacknowledged-too-long UNACK>UNACK critical'],
    ],
    [
      'takes an alarm that escalated for want of attention back to its level when acknowledged',
      { escalateAfterMs: 60_000 },
      '0=0.6 60=0.6 65=ack 70=0.9',
      [
        'raised:above-warning NORM>UNACK warning',
        'escalated:unacknowledged-too-long UNACK>UNACK critical',
        'acknowledged:operator UNACK>ACKED critical',
        'eased:below-critical ACKED>ACKED warning',
        'escalated:above-critical ACKED>UNACK critical',
      ],
    ],
    [
      'does not escalate what has returned to normal',
      { escalateAfterMs: 60_000 },
      '0=0.6 5=0.1 90=0.1',
      ['raised:above-warning NORM>UNACK warning', 'returned-to-normal:below-limit UNACK>RTNUN warning'],
    ],
    ['takes silence for no evidence: it does not raise', { onDelayMs: 5000 }, '0=0.6 5=- 10=-', []],
    [
      'takes silence for no evidence: it does not clear',
      {},
      '0=0.6 5=- 10=- 500=-',
      ['raised:above-warning NORM>UNACK warning'],
    ],
    [
      'ends the condition with its cast, and raises a new alarm in the next',
      {},
      '0=0.6 @c2 3=0.6',
      [
        'raised:above-warning NORM>UNACK warning',
        'returned-to-normal:cast-ended UNACK>RTNUN warning',
        'raised:above-warning NORM>UNACK warning',
      ],
    ],
    [
      'ends the condition when the cast starts again',
      {},
      '100=0.6 5=0.2',
      ['raised:above-warning NORM>UNACK warning', 'returned-to-normal:cast-restarted UNACK>RTNUN warning'],
    ],
    [
      'passes over a message that comes a little late',
      {},
      '100=0.6 99=0.1 101=0.6',
      ['raised:above-warning NORM>UNACK warning'],
    ],
    ['does not carry an on-delay from one cast into the next', { onDelayMs: 5000 }, '0=0.6 @c2 5=0.6', []],
  ];
  for (const [name, change, story, expected] of rows)
    it(name, () => assert.deepEqual(play(new AlarmDesk(), story, settingsWith(change)), expected));

  it('counts how often an alarm came back and keeps its id', () => {
    const desk = new AlarmDesk();
    play(desk, '0=0.6 5=0.1 10=0.7 15=0.1 20=0.55');
    const [record, ...others] = desk.book.open(null);
    assert.equal(others.length, 0);
    assert.equal(record!.id, '1/c1/defect-risk/0');
    assert.equal(record!.occurrences, 3);
    assert.equal(record!.peakRisk, 0.7);
  });

  it('tells the highest risk with the step to critical, not the one before', () => {
    const desk = new AlarmDesk();
    play(desk, '0=0.6');
    const [escalated] = desk.assess(evidence(5, 0.9), WALL, SETTINGS);
    assert.equal(escalated!.record.peakRisk, 0.9);
  });

  it('gives the alarm of a repeated cast an id of its own, so that acknowledging the old one leaves it alone', () => {
    const desk = new AlarmDesk();
    play(desk, '100=0.6 5=0.1 100=0.6');
    const [old, fresh] = desk.book.open(null);
    assert.deepEqual([old!.id, fresh!.id], ['1/c1/defect-risk/100000', '1/c1/defect-risk/100000/2']);
    acknowledge(old!, ANN, toolsFor(desk));
    assert.deepEqual(
      unacknowledged(desk).map(({ id }) => id),
      ['1/c1/defect-risk/100000/2'],
    );
  });

  it('refuses to acknowledge twice and changes nothing', () => {
    const desk = new AlarmDesk();
    play(desk, '0=0.6 5=ack');
    const [record] = desk.book.open(null);
    const bob = { by: 'Bob', comment: '' };
    assert.throws(() => acknowledge(record!, bob, toolsFor(desk)), { code: 'COMMAND_REFUSED' });
    assert.equal(desk.book.find(record!.id)?.acknowledgement?.by, 'Ann');
  });

  it('takes new thresholds at the next look', () => {
    const desk = new AlarmDesk();
    assert.deepEqual(play(desk, '0=0.4'), []);
    const lower = settingsWith({ thresholds: { warning: 0.3, critical: 0.8 } });
    assert.deepEqual(play(desk, '5=0.4', lower), ['raised:above-warning NORM>UNACK warning']);
  });

  it('ends everything on reset, and says who did', () => {
    const desk = new AlarmDesk();
    play(desk, '0=0.9');
    const ended = reset(null, ANN, toolsFor(desk));
    assert.deepEqual(ended.map(told), ['cleared:reset UNACK>NORM critical']);
    assert.equal(ended[0]!.by, 'Ann');
    assert.deepEqual(desk.book.open(null), []);
    assert.equal(desk.book.history(null, 10).length, 1);
  });

  it('resets one strand and leaves the others', () => {
    const desk = new AlarmDesk();
    for (const strand of ['1', '2']) desk.assess(evidence(0, 0.9, { strand }), WALL, SETTINGS);
    reset('1', ANN, toolsFor(desk));
    assert.deepEqual(
      desk.book.open(null).map(({ strand }) => strand),
      ['2'],
    );
  });

  it('forgets a quiet strand before it refuses a new one', () => {
    const desk = new AlarmDesk();
    const look = (strand: string, risk: number) => desk.assess(evidence(0, risk, { strand }), WALL, SETTINGS);
    look('quiet', 0.1);
    for (const strand of ['a', 'b', 'c', 'd']) assert.equal(look(strand, 0.9).length, 1);
    assert.throws(() => look('e', 0.9), { code: 'STRAND_LIMIT' });
    acknowledgeAll(desk);
    look('a', 0.1);
    assert.equal(look('e', 0.9).length, 1);
  });

  it('keeps at most the newest of the history', () => {
    const desk = new AlarmDesk();
    const settings = { ...SETTINGS, history: 3 };
    for (let second = 0; second < 100; second += 10) {
      desk.assess(evidence(second, 0.9), WALL, settings);
      acknowledgeAll(desk, settings);
      desk.assess(evidence(second + 5, 0.1), WALL, settings);
    }
    assert.deepEqual(
      desk.book.history(null, 100).map(({ onset }) => onset),
      [90_000, 80_000, 70_000],
    );
  });

  it('clears the oldest unacknowledged alarms of casts long over when a thousand are open, and says so', () => {
    const desk = new AlarmDesk();
    let last: string[] = [];
    for (let cast = 0; cast <= 1000; cast++)
      last = desk.assess(evidence(0, 0.9, { castId: `c${cast}` }), WALL, SETTINGS).map(told);
    assert.equal(last.at(-1), 'cleared:too-many-open RTNUN>NORM critical');
    assert.equal(desk.book.open(null).length, 1000);
  });

  it('goes on after a restart where it stopped', () => {
    const before = new AlarmDesk();
    play(before, '0=0.9');
    const after = new AlarmDesk();
    restore(after, snapshotOf(before), WALL, 50);
    assert.deepEqual(play(after, '5=0.9 10=ack 15=0.1'), [
      'acknowledged:operator UNACK>ACKED critical',
      'returned-to-normal:below-limit ACKED>NORM critical',
    ]);
  });

  it('does not take a replay from the start, after a restart, for the old alarm', () => {
    const before = new AlarmDesk();
    play(before, '100=0.9');
    const after = new AlarmDesk();
    restore(after, snapshotOf(before), WALL, 50);
    assert.deepEqual(play(after, '0=0.1'), ['returned-to-normal:cast-restarted UNACK>RTNUN critical']);
  });
});
