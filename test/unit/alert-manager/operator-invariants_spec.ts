import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AlarmDesk } from '../../../nodes/alert-manager/alarm-desk.js';
import { carryOut } from '../../../nodes/alert-manager/commands.js';
import { activeLimit, assess, normal } from '../../../nodes/lib/alarm-condition/condition.js';
import { encodeEntry, readJournal } from '../../../nodes/alert-manager/journal-codec.js';
import type { Transition } from '../../../nodes/alert-manager/life-cycle.js';
import { nextDue, passTime } from '../../../nodes/alert-manager/people-time.js';
import { restore, snapshotOf } from '../../../nodes/alert-manager/restore.js';
import type { AlarmSettings } from '../../../nodes/alert-manager/settings.js';
import { alarmState } from '../../../nodes/lib/alarm.js';
import { castMs, wallMs, type WallMs } from '../../../nodes/lib/clock.js';
import { StrandWatchError } from '../../../nodes/lib/errors.js';
import { performanceSchema } from '../../../nodes/lib/config/performance.js';
import { Performance } from '../../../nodes/alert-manager/kpi/performance.js';
import { evidence, settingsWith, WALL } from './story.js';

type Step =
  | { readonly look: number | null; readonly states: readonly 'start-up'[] | null }
  | { readonly command: string; readonly args: Readonly<Record<string, unknown>> }
  | { readonly pass: number };

const looks: fc.Arbitrary<Step> = fc.record({
  look: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 20 }).map((step) => step / 20) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  states: fc.oneof(
    { weight: 6, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constant(['start-up' as const]) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
});
const commandOf = (command: string, args = {}): Step => ({ command, args: { user: 'Ann', ...args } });
const ACKNOWLEDGE = commandOf('acknowledge');
const SHELVE = [commandOf('shelve', { seconds: 30 }), commandOf('shelve', { once: true })];
const commands: fc.Arbitrary<Step> = fc.constantFrom(
  ...[ACKNOWLEDGE, commandOf('confirm'), ...SHELVE, commandOf('unshelve')],
  ...[commandOf('suppress', { reason: 'trial' }), commandOf('unsuppress'), commandOf('reset-latch')],
  ...[commandOf('out-of-service'), commandOf('return-to-service')],
);
const passing: fc.Arbitrary<Step> = fc.constantFrom(1, 10, 40).map((seconds) => ({ pass: 1000 * seconds }));
const stepsOf = (...acts: fc.Arbitrary<Step>[]): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof({ weight: 6, arbitrary: looks }, ...acts.map((arbitrary) => ({ weight: 2, arbitrary }))),
    { maxLength: 60 },
  );

const settings = fc
  .record({
    deadband: fc.constantFrom(0, 0.05, 0.2),
    onDelayMs: fc.constantFrom(0, 12_000),
    offDelayMs: fc.constantFrom(0, 12_000),
    escalateAfterMs: fc.constantFrom(0, 20_000),
    supervisorAfterMs: fc.constantFrom(0, 20_000),
    reAlarmMs: fc.constantFrom(0, 15_000),
    convention: fc.record({
      latches: fc.boolean(),
      asksConfirmation: fc.boolean(),
      standard: fc.constantFrom('isa-18.2' as const, 'opc-ua' as const),
    }),
  })
  .map((change) => settingsWith({ ...change, history: 1000, rule: { suppress: new Set(['start-up']) } }));

/** A desk with its clocks: 5 s of cast time between two looks, wall time as it passes. */
class Shift {
  readonly desk = new AlarmDesk();
  readonly transitions: Transition[] = [];
  journal = '';
  seconds = 0;
  wall = WALL;

  constructor(readonly settings: AlarmSettings) {}

  take(step: Step): void {
    const happened = this.happening(step);
    this.transitions.push(...happened);
    for (const transition of happened) this.journal += encodeEntry({ kind: 'transition', ...transition });
    for (const watch of this.desk.watches.takeChanges())
      this.journal += encodeEntry({ kind: 'watch', ...watch });
  }

  private happening(step: Step): readonly Transition[] {
    const { desk, settings: inForce, wall } = this;
    if ('pass' in step) {
      this.wall = wallMs(wall + step.pass);
      return passTime(desk, this.wall, inForce);
    }
    if ('look' in step) {
      this.seconds += 5;
      return desk.assess(evidence(this.seconds, step.look, { process: step.states }), wall, inForce);
    }
    try {
      const command = { name: step.command, strand: '1', args: step.args };
      const setThresholds = () => inForce.thresholds;
      return carryOut(command, { desk, settings: inForce, wall, setThresholds, kpis: () => noKpis(wall) })
        .transitions;
    } catch (thrown) {
      // Not everything can be done at any time; what is refused must change nothing, which the other checks see.
      if (!(thrown instanceof StrandWatchError)) throw thrown;
      return [];
    }
  }
}

const played = (steps: readonly Step[], inForce: AlarmSettings): Shift => {
  const shift = new Shift(inForce);
  for (const step of steps) shift.take(step);
  return shift;
};

const noKpis = (wall: WallMs) => new Performance(performanceSchema.parse({}), [], wall).kpis([], wall);

describe('alarms, whatever the risk, the operators and the time do', () => {
  const everything = stepsOf(commands, passing);

  it('have every breach and no other, however they are acknowledged, shelved or suppressed', () => {
    fc.assert(
      fc.property(everything, settings, (steps, inForce) => {
        const shift = new Shift(inForce);
        const [rule] = inForce.rules;
        let condition = normal(rule!.limits);
        for (const step of steps) {
          shift.take(step);
          if (!('look' in step) || step.look === null) continue;
          condition = assess(condition, step.look, castMs(1000 * shift.seconds), rule!);
          const active = shift.desk.book.open(null).filter((record) => record.condition !== null);
          const level = activeLimit(condition, rule!)?.level ?? null;
          assert.deepEqual(
            active.map((record) => record.condition),
            level === null ? [] : [level],
          );
        }
      }),
    );
  });

  it('go from state to state without a gap, and each state is what the standing says', () => {
    fc.assert(
      fc.property(everything, settings, (steps, inForce) => {
        const states = new Map<string, string>();
        for (const { from, record } of played(steps, inForce).transitions) {
          assert.equal(from, states.get(record.id) ?? 'NORM');
          assert.equal(record.state, alarmState(record));
          states.set(record.id, record.state);
        }
      }),
    );
  });

  it('lose no acknowledgement: only a breach, a return to the list or the re-alarm time asks for another', () => {
    const asks = ['raised', 'escalated', 're-alarmed', 'unshelved', 'unsuppressed', 'returned-to-service'];
    fc.assert(
      fc.property(everything, settings, (steps, inForce) => {
        const isOpcUa = inForce.rules[0]!.convention.standard === 'opc-ua';
        const acknowledged = new Map<string, boolean>();
        for (const { event, record } of played(steps, inForce).transitions) {
          if (acknowledged.get(record.id) === true && !record.acknowledged)
            assert.ok(asks.includes(event) || (isOpcUa && event === 'eased'), event);
          acknowledged.set(record.id, record.acknowledged);
        }
      }),
    );
  });

  it('have the same ids at the same cast times, whatever timers ran meanwhile', () => {
    const quick = fc.constantFrom(ACKNOWLEDGE, ...SHELVE);
    const ofTheCondition = ({ transitions }: Shift) =>
      transitions
        .filter(({ reason }) => /^(above|below-limit)/.test(reason))
        .map(({ event, reason, record, at }) => [event, reason, record.id, record.condition, at.cast]);
    fc.assert(
      fc.property(stepsOf(quick, passing), settings, (steps, inForce) => {
        const atLeisure = steps.map((step) => ('pass' in step ? { pass: 0 } : step));
        assert.deepEqual(ofTheCondition(played(steps, inForce)), ofTheCondition(played(atLeisure, inForce)));
      }),
    );
  });

  it('leave nothing due once their time has passed', () => {
    fc.assert(
      fc.property(everything, settings, (steps, inForce) => {
        const { desk, wall } = played(steps, inForce);
        passTime(desk, wall, inForce);
        const due = nextDue(desk.book.open(null), inForce);
        assert.ok(due === null || due > wall);
      }),
    );
  });

  it('go on after a restart as if there had been none: shelving, suppression, service and delays in progress', () => {
    fc.assert(
      fc.property(everything, everything, settings, (before, after, inForce) => {
        const first = played(before, inForce);
        const again = new Shift(inForce);
        const { open, past, watches } = readJournal(Buffer.from(first.journal), 1000);
        restore(again.desk, { open, past, watches }, first.wall, 1000);
        Object.assign(again, { wall: first.wall, seconds: first.seconds });
        const settled = ({ desk }: Shift) =>
          snapshotOf(desk).open.map((record) => ({ ...record, peakValue: null, peakRisk: null }));
        assert.deepEqual(settled(again), settled(first));
        const told = (shift: Shift) => {
          const from = shift.transitions.length;
          // A strand has to be heard before a command can name it.
          for (const step of [{ look: 0.3, states: null }, ...after]) shift.take(step);
          return shift.transitions
            .slice(from)
            .map(({ event, reason, record }) => [event, reason, record.id, record.state]);
        };
        assert.deepEqual(told(again), told(first));
      }),
    );
  });
});
