import { differingFacts } from './differing-facts.js';
import { Part9Alarm, STATUS, type Part9Config, type Part9Event } from './part9-alarm.js';
import { FACTS } from './part9-facts.js';

type Facts = Readonly<Record<string, unknown>>;

export interface Part9Step extends Part9Event {
  readonly expect: Facts;
  readonly do_not_assert?: readonly string[];
}

export interface Part9Sequence {
  readonly name: string;
  readonly config: Part9Config;
  readonly initial: Facts;
  readonly steps: readonly Part9Step[];
  /** For an implementation that keeps branches, which this is not. */
  readonly optional?: boolean;
}

interface StateMachine {
  readonly type: string;
  readonly transitions: readonly {
    readonly from: string;
    readonly to: string;
    readonly cause: readonly string[];
  }[];
}

interface Part9File {
  readonly status_codes: Readonly<Record<string, number>>;
  readonly state_machines: readonly StateMachine[];
  readonly facts: readonly { readonly id: string; readonly fact: string }[];
  readonly tables: readonly Part9Sequence[];
  readonly sequences: readonly Part9Sequence[];
}

export const isPart9File = (content: unknown): content is Part9File =>
  Array.isArray((content as Part9File | null)?.state_machines) &&
  Array.isArray((content as Part9File).tables);

/** @returns what differs, one line each */
export function checkPart9(file: Part9File): string[] {
  const sequences = [...file.tables, ...file.sequences].filter(({ optional }) => optional !== true);
  return [
    ...sequences.flatMap(checkSequence),
    ...sequences.flatMap(checkRetain),
    ...file.state_machines.flatMap(checkMachine),
    ...Object.values(STATUS)
      .filter((name) => !(name in file.status_codes))
      .map((name) => `no status code ${name}`),
    // Only facts that can be shown on one alarm have a sequence; the others are prose or said NOT to be settled.
    ...file.facts.flatMap(({ id }) => (Object.hasOwn(FACTS, id) ? FACTS[id]!.flatMap(checkSequence) : [])),
  ];
}

export function checkSequence({ name, config, initial, steps }: Part9Sequence): string[] {
  const alarm = new Part9Alarm(config);
  // The value that an alarm is created with is none that it was told of.
  const known = Object.entries(initial).filter(([key]) => key !== 'value');
  const problems = differingFacts(alarm.facts(), Object.fromEntries(known)).map(
    (problem) => `${name} initial ${problem}`,
  );
  for (const [index, step] of steps.entries()) {
    alarm.take(step);
    const expected = Object.entries(step.expect).filter(([key]) => !step.do_not_assert?.includes(key));
    const differing = differingFacts(alarm.facts(), Object.fromEntries(expected));
    problems.push(...differing.map((problem) => `${name} step ${index} ${step.event} ${problem}`));
  }
  return problems;
}

/** Retain = active or not acknowledged or not confirmed, and latched where an alarm latches. */
function checkRetain({ name, steps }: Part9Sequence): string[] {
  return steps.flatMap(({ expect }, index) => {
    const { active, acked, confirmed, latched, retain } = expect;
    if ([active, acked, confirmed, retain].some((known) => known === undefined)) return [];
    const owed = active === true || acked === false || confirmed === false || latched === true;
    return owed === retain ? [] : [`${name} step ${index}: retain breaks the rule of its own table`];
  });
}

const SHELVING_EVENTS: Readonly<Record<string, Part9Event>> = {
  TimedShelve: { event: 'timed_shelve', shelving_time_ms: 1000 },
  OneShotShelve: { event: 'one_shot_shelve' },
  Unshelve: { event: 'unshelve' },
};
const INTO: Readonly<Record<string, readonly Part9Event[]>> = {
  Unshelved: [],
  TimedShelved: [SHELVING_EVENTS.TimedShelve!],
  OneShotShelved: [SHELVING_EVENTS.OneShotShelve!],
};
/** Limits at 4, 3, -3 and -4, and a value in each of their states. */
const LIMITS: Part9Config = { limits: { high_high: 4, high: 3, low: -3, low_low: -4 } };
const VALUES: Readonly<Record<string, number>> = { HighHigh: 5, High: 3.5, Low: -3.5, LowLow: -5 };

/** Every transition of a machine happens, and no method takes the shelving anywhere else. */
function checkMachine({ type, transitions }: StateMachine): string[] {
  if (type.startsWith('Shelved')) {
    return Object.entries(INTO).flatMap(([from, into]) =>
      Object.entries(SHELVING_EVENTS).flatMap(([method, event]) => {
        const to = transitions.find((one) => one.from === from && one.cause.includes(method))?.to ?? null;
        const alarm = new Part9Alarm({ max_time_shelved_ms: 60_000 });
        for (const step of [...into, event]) alarm.take(step);
        const { shelving, result } = alarm.facts();
        const isRight =
          to === null ? shelving === from && result !== 'Good' : shelving === to && result === 'Good';
        return isRight
          ? []
          : [`${type} ${from} ${method}: expected ${to ?? 'a refusal'}, got ${shelving} ${result}`];
      }),
    );
  }
  return transitions.flatMap(({ from, to }) => {
    const alarm = new Part9Alarm(LIMITS);
    for (const state of [from, to]) alarm.take({ event: 'value', value: VALUES[state]! });
    const { limit_state } = alarm.facts();
    return limit_state === to ? [] : [`${type} ${from} to ${to}: got ${String(limit_state)}`];
  });
}
