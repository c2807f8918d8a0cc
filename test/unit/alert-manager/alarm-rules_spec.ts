import assert from 'node:assert/strict';
import { AlarmDesk } from '../../../nodes/alert-manager/alarm-desk.js';
import type { AlarmRule } from '../../../nodes/alert-manager/alarm-rule.js';
import type { Evidence } from '../../../nodes/alert-manager/evidence.js';
import { shelve } from '../../../nodes/alert-manager/operator.js';
import { nextDue, passTime } from '../../../nodes/alert-manager/people-time.js';
import { wallMs } from '../../../nodes/lib/clock.js';
import { ANN, evidence, play, ruleWith, settingsWith, told, toolsFor, WALL } from './story.js';

const withRules = (...rules: readonly Partial<AlarmRule>[]) => ({
  ...settingsWith(),
  rules: rules.map((rule) => ruleWith({ rule })),
});
const limits = (warning: number, critical = Infinity): AlarmRule['limits'] => [
  { level: 'warning', above: warning, deadband: 0 },
  { level: 'critical', above: critical, deadband: 0 },
];
const finding = { rule: 'sticker', label: 'Sticker', mechanism: 'sticker', score: 0.7, value: 9, limit: 5 };
const rules = { score: 0.7, findings: [{ ...finding, text: 'upper row 9 °C above the lower' }] };

describe('alarm rules', () => {
  const sources: readonly [
    what: string,
    rule: Partial<AlarmRule>,
    change: Partial<Evidence>,
    said: string,
  ][] = [
    [
      'the score of a deterministic rule',
      { name: 'r', label: 'sticker pattern', source: 'rule', scoreOf: 'sticker', limits: limits(0.5) },
      { rules },
      'Strand 1: sticker pattern 70 % (limit 50 %): upper row 9 °C above the lower',
    ],
    [
      'the number of bad sensors',
      { name: 'q', label: 'Bad sensors', source: 'sensor-quality', limits: limits(0) },
      { kind: 'reading', risk: null, quality: { mold_level: 'bad.stuck', tc_u1: 'uncertain.held' } },
      'Strand 1: Bad sensors 1 (limit 0): mold_level',
    ],
    [
      'the health of the system',
      { name: 'h', label: 'System health', source: 'health', limits: limits(0, 1) },
      { kind: 'health', risk: null, health: { status: 'unhealthy', reasons: ['no reading for 40 s'] } },
      'Strand 1: System health 2 (limit 1): no reading for 40 s',
    ],
    [
      'one model inside the prediction of the ensemble',
      { name: 'b', label: 'baseline risk', source: 'baseline', limits: limits(0.5) },
      { risk: 0.1, riskOf: { baseline: 0.9 } },
      'Strand 1: baseline risk 90 % (limit 50 %)',
    ],
    [
      'with a sentence of their own',
      { template: '{label} on {strand}: {value} > {limit}, {level} {unknown}' },
      { risk: 0.6 },
      'defect risk on 1: 60 % > 50 %, warning {unknown}',
    ],
  ];
  for (const [what, rule, change, said] of sources) {
    it(`watch ${what}`, () => {
      const [raised] = new AlarmDesk().assess(evidence(0, 0, change), WALL, withRules(rule));
      assert.equal(raised!.record.message, said);
      assert.equal(raised!.record.rule, rule.name ?? 'defect-risk');
    });
  }

  it('have no word about a message without what they watch, nor about other strands', () => {
    const settings = withRules({ source: 'rule', scoreOf: 'x' }, { name: 'two', strands: new Set(['2']) });
    assert.deepEqual(new AlarmDesk().assess(evidence(0, 0.9), WALL, settings), []);
  });

  it('keep the second opinion of the deterministic rules with the alarm', () => {
    const look = (change: Partial<Evidence>) =>
      new AlarmDesk().assess(evidence(0, 0.9, change), WALL, settingsWith())[0]!.record.secondOpinion;
    assert.deepEqual(look({ rules }), { agrees: true, score: 0.7, rules: ['Sticker'] });
    assert.deepEqual(look({ rules: { score: 0, findings: [] } }), { agrees: false, score: 0, rules: [] });
    assert.equal(look({}), null);
  });

  it('mark the warning that a critical alarm of the strand makes beside the point, until that is over', () => {
    const desk = new AlarmDesk();
    const settings = withRules({ name: 'one' }, { name: 'two', source: 'baseline', limits: limits(0.5) });
    const look = (second: number, risk: number, baseline: number) =>
      desk.assess(evidence(second, risk, { riskOf: { baseline } }), WALL, settings);
    const [critical, warning] = look(0, 0.9, 0.6);
    assert.equal(warning!.record.inhibitedBy, critical!.record.id);
    assert.equal(warning!.record.firstOut, critical!.record.id);
    assert.deepEqual(look(5, 0.1, 0.6).map(told), [
      'returned-to-normal:below-limit UNACK>RTNUN critical',
      'uninhibited:critical-over UNACK>UNACK warning',
    ]);
  });

  it('mark what chatters and what is gone before anyone could act', () => {
    const desk = new AlarmDesk();
    play(desk, '0=0.9 5=0.1 10=0.9 15=0.1 20=0.9');
    assert.equal(desk.book.open(null)[0]!.chattering, true);
    play(desk, '22=0.1');
    assert.equal(desk.book.open(null)[0]!.fleeting, true);
  });

  it('suppress by design in their process states, visibly and with the reason', () => {
    const desk = new AlarmDesk();
    const settings = withRules({ suppress: new Set(['start-up']) });
    const look = (second: number, process: Evidence['process']) =>
      desk.assess(evidence(second, 0.9, { process }), WALL, settings);
    const [raised] = look(0, ['start-up']);
    assert.equal(told(raised!), 'raised:above-critical NORM>DSUPR critical');
    assert.deepEqual(raised!.record.suppressions, [{ by: null, reason: 'start-up' }]);
    assert.deepEqual(look(5, null).map(told), []);
    assert.deepEqual(look(10, []).map(told), ['unsuppressed:process-state DSUPR>UNACK critical']);
  });

  it('end the alarms of a rule that was removed', () => {
    const desk = new AlarmDesk();
    play(desk, '0=0.9');
    const ended = desk.retire(WALL, withRules({ name: 'another' }));
    assert.deepEqual(ended.map(told), ['returned-to-normal:rule-removed UNACK>RTNUN critical']);
  });
});

describe('time for people', () => {
  const later = (seconds: number) => wallMs(WALL + 1000 * seconds);
  const settings = settingsWith({ escalateAfterMs: 60_000, supervisorAfterMs: 60_000 });

  it('passes a warning on to critical and to the supervisor, whatever the cast does', () => {
    const desk = new AlarmDesk();
    desk.assess(evidence(0, 0.6), WALL, settings);
    assert.equal(nextDue(desk.book.open(null), settings), later(60));
    assert.deepEqual(passTime(desk, later(59), settings), []);
    assert.deepEqual(passTime(desk, later(60), settings).map(told), [
      'escalated:unacknowledged-too-long UNACK>UNACK critical',
    ]);
    const [supervisor] = passTime(desk, later(120), settings);
    assert.equal(supervisor!.reason, 'supervisor');
    assert.equal(supervisor!.record.escalatedTo, 'supervisor');
    assert.match(supervisor!.record.message, /^Strand 1: defect risk 60 % .*; unacknowledged for 120 s$/);
    assert.equal(nextDue(desk.book.open(null), settings), null);
  });

  it('stands still for what is shelved, and presents it anew afterwards', () => {
    const desk = new AlarmDesk();
    desk.assess(evidence(0, 0.6), WALL, settings);
    const point = { strand: '1', rule: 'defect-risk' };
    shelve(point, { ...ANN, kind: 'timed', forMs: 300_000 }, toolsFor(desk, settings));
    assert.equal(nextDue(desk.book.open(null), settings), later(300));
    assert.deepEqual(passTime(desk, later(300), settings).map(told), [
      'unshelved:shelving-expired SHLVD>UNACK warning',
    ]);
    assert.equal(nextDue(desk.book.open(null), settings), later(360));
  });

  it('brings an alarm back that is still active, though somebody acknowledged it', () => {
    const desk = new AlarmDesk();
    const again = settingsWith({ reAlarmMs: 30_000 });
    play(desk, '0=0.9 10=ack', again);
    assert.deepEqual(passTime(desk, later(39), again), []);
    const [back] = passTime(desk, later(40), again);
    assert.equal(told(back!), 're-alarmed:re-alarm-time ACKED>UNACK critical');
    assert.equal(back!.record.reAlarms, 1);
  });
});
