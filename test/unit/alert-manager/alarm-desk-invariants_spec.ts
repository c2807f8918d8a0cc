import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AlarmDesk } from '../../../nodes/alert-manager/alarm-desk.js';
import { encodeEntry, readJournal } from '../../../nodes/alert-manager/journal-codec.js';
import type { Transition } from '../../../nodes/alert-manager/life-cycle.js';
import { reset } from '../../../nodes/alert-manager/operator.js';
import type { AlarmSettings } from '../../../nodes/alert-manager/settings.js';
import { wallMs } from '../../../nodes/lib/clock.js';
import { acknowledgeAll, ANN, evidence, settingsWith, toolsFor, unacknowledged, WALL } from './story.js';

/** Risks on a coarse grid, so that values on a limit and on the edge of a deadband are common. */
const risk = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 20 }).map((step) => step / 20) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const series = fc.array(risk, { minLength: 1, maxLength: 80 });
const settings: fc.Arbitrary<AlarmSettings> = fc
  .record({
    limits: fc.tuple(fc.integer({ min: 1, max: 19 }), fc.integer({ min: 1, max: 19 })),
    deadband: fc.constantFrom(0, 0.05, 0.2),
    onDelayMs: fc.constantFrom(0, 5000, 12_000, 30_000),
    offDelayMs: fc.constantFrom(0, 5000, 12_000, 30_000),
    escalateAfterMs: fc.constantFrom(0, 20_000),
  })
  .map(({ limits, ...rest }) => {
    const [warning, critical] = [Math.min(...limits) / 20, Math.max(...limits) / 20];
    return settingsWith({ ...rest, thresholds: { warning, critical }, maxStrands: 8, history: 1000 });
  });

type Step =
  | { readonly kind: 'look'; readonly risk: number | null; readonly strand: string }
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'restart' };
const strand = fc.constantFrom('1', '2');
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.record({ kind: fc.constant('look' as const), risk, strand }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'acknowledge' as const }) },
    { weight: 1, arbitrary: fc.constantFrom({ kind: 'reset' as const }, { kind: 'restart' as const }) },
  ),
  { maxLength: 120 },
);

const ALLOWED: Readonly<Partial<Record<Transition['event'], readonly string[]>>> = {
  raised: ['NORM>UNACK', 'RTNUN>UNACK'],
  escalated: ['UNACK>UNACK', 'ACKED>UNACK'],
  eased: ['ACKED>ACKED', 'UNACK>UNACK'],
  acknowledged: ['UNACK>ACKED', 'RTNUN>NORM'],
  'returned-to-normal': ['UNACK>RTNUN', 'ACKED>NORM'],
  cleared: ['UNACK>NORM', 'ACKED>NORM', 'RTNUN>NORM'],
};

/** Plays steps, 5 s of cast time between two looks at a strand; a restart takes the cast back to its start. */
function run(
  all: readonly Step[],
  settingsInForce: AlarmSettings,
): { desk: AlarmDesk; transitions: Transition[] } {
  const desk = new AlarmDesk();
  const seconds = new Map<string, number>();
  const transitions = all.flatMap((step) => {
    if (step.kind === 'acknowledge') return acknowledgeAll(desk, settingsInForce);
    if (step.kind === 'reset') return reset(null, ANN, toolsFor(desk, settingsInForce));
    if (step.kind === 'restart') {
      seconds.clear();
      return [];
    }
    const at = (seconds.get(step.strand) ?? -5) + 5;
    seconds.set(step.strand, at);
    return desk.assess(evidence(at, step.risk, { strand: step.strand }), WALL, settingsInForce);
  });
  return { desk, transitions };
}

/**
 * The looks at which a limit is active, by plain search: it becomes so at the end of a stretch above the limit that
 * lasted the on-delay, and ends with a stretch at or below limit - deadband that lasted the off-delay.
 */
function activeLooks(
  risks: readonly number[],
  at: readonly number[],
  limit: number,
  { rules: [rule] }: AlarmSettings,
): boolean[] {
  const { onDelayMs, offDelayMs } = rule!;
  const { deadband } = rule!.limits[0]!;
  const active = risks.map(() => false);
  let look = 0;
  while (look < risks.length) {
    const start = firstHeld(risks, at, look, onDelayMs, (value) => value > limit);
    if (start === null) break;
    const end = firstHeld(risks, at, start + 1, offDelayMs, (value) => value <= limit - deadband);
    active.fill(true, start, end ?? risks.length);
    look = end ?? risks.length;
  }
  return active;
}

/** The first look from `from` on at which `holds` has been true for `ms`, at every look since. */
function firstHeld(
  risks: readonly number[],
  at: readonly number[],
  from: number,
  ms: number,
  holds: (risk: number) => boolean,
): number | null {
  for (let end = from; end < risks.length; end++) {
    for (let begin = end; begin >= from && holds(risks[begin]!); begin--)
      if (at[end]! - at[begin]! >= ms) return end;
  }
  return null;
}

describe('AlarmDesk, whatever the risk, the delays and the operator', () => {
  it('finds every breach and invents none', () => {
    fc.assert(
      fc.property(series, settings, (risks, all) => {
        const desk = new AlarmDesk();
        const levels = risks.map((value, look) => {
          desk.assess(evidence(5 * look, value), WALL, all);
          return desk.book.open(null)[0]?.condition ?? null;
        });
        const spoken = risks.flatMap((value, look) => (value === null ? [] : [{ value, look }]));
        const values = spoken.map(({ value }) => value);
        const times = spoken.map(({ look }) => 5000 * look);
        const warning = activeLooks(values, times, all.thresholds.warning, all);
        const critical = activeLooks(values, times, all.thresholds.critical, all);
        assert.deepEqual(
          spoken.map(({ look }) => levels[look]),
          spoken.map((_, index) => (critical[index] ? 'critical' : warning[index] ? 'warning' : null)),
        );
      }),
    );
  });

  it('only takes steps of the ISA-18.2 diagram, each from where the one before ended', () => {
    fc.assert(
      fc.property(steps, settings, (all, inForce) => {
        const stateById = new Map<string, string>();
        for (const { event, from, record } of run(all, inForce).transitions) {
          assert.equal(from, stateById.get(record.id) ?? 'NORM');
          assert.ok(ALLOWED[event]?.includes(`${from}>${record.state}`), `${event}: ${from}>${record.state}`);
          stateById.set(record.id, record.state);
        }
      }),
    );
  });

  it('never raises two alarms with the same id', () => {
    fc.assert(
      fc.property(steps, settings, (all, inForce) => {
        const first = run(all, inForce).transitions.filter(({ from }) => from === 'NORM');
        assert.equal(new Set(first.map(({ record }) => record.id)).size, first.length);
      }),
    );
  });

  it('loses no acknowledgement: only a new breach, or a higher one, asks for another', () => {
    fc.assert(
      fc.property(steps, settings, (all, inForce) => {
        const acknowledged = new Map<string, boolean>();
        for (const { event, record } of run(all, inForce).transitions) {
          if (event === 'acknowledged') acknowledged.set(record.id, true);
          if (event === 'raised' || event === 'escalated') acknowledged.set(record.id, false);
          if (acknowledged.get(record.id) === true) assert.ok(record.acknowledged, event);
        }
      }),
    );
  });

  it('leaves nobody waiting: acknowledging all leaves nothing unacknowledged', () => {
    fc.assert(
      fc.property(steps, settings, (all, inForce) => {
        const { desk } = run([...all, { kind: 'acknowledge' }], inForce);
        assert.deepEqual(unacknowledged(desk), []);
      }),
    );
  });

  it('gives each strand the same alarms, however the strands are interleaved and whatever the wall clock says', () => {
    type Looks = readonly (number | null)[];
    const watch = (
      desk: AlarmDesk,
      name: string,
      look: number,
      value: number | null,
      wall: number,
      all: AlarmSettings,
    ) => desk.assess(evidence(5 * look, value, { strand: name }), wallMs(wall), all);
    const alone = (name: string, risks: Looks, all: AlarmSettings): Transition[] => {
      const desk = new AlarmDesk();
      return risks.flatMap((value, look) => [...watch(desk, name, look, value, 0, all)]);
    };
    /** Without what the wall clock wrote. */
    const timeless = (transitions: readonly Transition[]) =>
      transitions.map(({ at, record, ...rest }) => ({
        ...rest,
        cast: at.cast,
        record: { ...record, wallTimes: null },
      }));

    fc.assert(
      fc.property(series, series, settings, fc.array(fc.boolean()), (one, two, all, turns) => {
        const desk = new AlarmDesk();
        const told: Record<'1' | '2', Transition[]> = { 1: [], 2: [] };
        const next = { 1: 0, 2: 0 };
        for (let look = 0; look < one.length + two.length; look++) {
          const name = next[2] >= two.length || (next[1] < one.length && turns[look] === true) ? '1' : '2';
          const value = (name === '1' ? one : two)[next[name]]!;
          told[name].push(...watch(desk, name, next[name]++, value, 997 * look, all));
        }
        assert.deepEqual(timeless(told[1]), timeless(alone('1', one, all)));
        assert.deepEqual(timeless(told[2]), timeless(alone('2', two, all)));
      }),
    );
  });

  it('is the same after a restart, wherever it stopped', () => {
    fc.assert(
      fc.property(steps, settings, (all, inForce) => {
        const { desk, transitions } = run(all, inForce);
        const bytes = Buffer.from(
          transitions.map((transition) => encodeEntry({ kind: 'transition', ...transition })).join(''),
        );
        const { open, past } = readJournal(bytes, inForce.history);
        const shape = (
          records: readonly { id: string; state: string; level: string; acknowledgement: unknown }[],
        ) => records.map(({ id, state, level, acknowledgement }) => ({ id, state, level, acknowledgement }));
        assert.deepEqual(shape(open), shape(desk.book.snapshot().open));
        assert.deepEqual(past, desk.book.snapshot().past);
      }),
    );
  });
});
