import { isOffList, type AlarmRecord } from '../lib/alarm.js';
import type { AlarmKpis } from '../lib/alarm-kpis.js';
import { unknownCommand } from '../lib/adapter.js';
import { StrandWatchError } from '../lib/errors.js';
import type { Command } from '../lib/messages.js';
import {
  alarmIn,
  limitIn,
  operatorIn,
  pointsIn,
  reasonIn,
  shelvingIn,
  thresholdsIn,
} from './command-args.js';
import type { Operator, Transition } from './life-cycle.js';
import * as operator from './operator.js';
import type { OperatorTools, Point } from './operator.js';
import type { AlarmSettings } from './settings.js';

export interface CommandTools extends OperatorTools {
  readonly kpis: () => AlarmKpis;
  /** Changes both thresholds live. @throws ConfigError when they don't fit */
  readonly setThresholds: (
    thresholds: AlarmSettings['thresholds'],
    by: string,
  ) => AlarmSettings['thresholds'];
}

/** What a command changed, and the result its answer carries. */
export interface Outcome {
  readonly transitions: readonly Transition[];
  readonly result: unknown;
}

type Carry = (command: Command, tools: CommandTools, by: Operator) => Outcome;

const CARRY: Readonly<Record<string, Carry>> = {
  acknowledge: (command, tools, by) =>
    onAlarms(command, tools, isToAcknowledge, (record) => operator.acknowledge(record, by, tools)),
  confirm: (command, tools, by) =>
    onAlarms(command, tools, isToConfirm, (record) => operator.confirm(record, by, tools)),
  'reset-latch': (command, tools, by) =>
    onAlarms(command, tools, isToReset, (record) => operator.resetLatch(record, by, tools)),
  shelve: (command, tools, by) => {
    const request = { ...shelvingIn(command.args, tools.settings), ...by };
    return onPoints(command, tools, (point) => operator.shelve(point, request, tools));
  },
  unshelve: (command, tools, by) => onPoints(command, tools, (point) => operator.unshelve(point, by, tools)),
  suppress: (command, tools, by) => {
    const reason = reasonIn(command.args);
    return onPoints(command, tools, (point) => operator.suppress(point, reason, by, tools));
  },
  unsuppress: (command, tools, by) =>
    onPoints(command, tools, (point) => operator.unsuppress(point, by, tools)),
  'out-of-service': (command, tools, by) =>
    onPoints(command, tools, (point) => operator.removeFromService(point, by, tools)),
  'return-to-service': (command, tools, by) =>
    onPoints(command, tools, (point) => operator.returnToService(point, by, tools)),
  'set-thresholds': (command, tools, { by }) => {
    const result = tools.setThresholds(thresholdsIn(command, tools.settings), by);
    return { transitions: [], result };
  },
  'get-alarms': ({ strand }, { desk }) => told(desk.book.open(strand).toReversed()),
  'get-history': ({ strand, args }, { desk }) => told(desk.book.history(strand, limitIn(args))),
  'get-kpis': (_command, { kpis }) => ({ transitions: [], result: structuredClone(kpis()) }),
  reset: ({ strand }, tools, by) => changed(operator.reset(strand, by, tools)),
};

/** `export` reads files, so the node carries it out itself. */
export const COMMANDS: readonly string[] = [...Object.keys(CARRY), 'export'];

/** Carries a command out. @throws StrandWatchError when it can't be; then nothing has changed */
export function carryOut(command: Command, tools: CommandTools): Outcome {
  const carry = Object.hasOwn(CARRY, command.name) ? CARRY[command.name] : undefined;
  if (carry === undefined) throw unknownCommand(command, COMMANDS);
  return carry(command, tools, operatorIn(command));
}

/** The same as what it changed and a way to answer it, which throws for a command that couldn't be carried out. */
export function attempt(
  command: Command,
  tools: CommandTools,
): { readonly transitions: readonly Transition[]; readonly answer: () => unknown } {
  try {
    const { transitions, result } = carryOut(command, tools);
    return { transitions, answer: () => result };
  } catch (thrown) {
    return {
      transitions: [],
      answer: () => {
        throw thrown;
      },
    };
  }
}

/** What `acknowledge` without an id is about: not what was taken off the list. */
const isToAcknowledge = (record: AlarmRecord): boolean => !record.acknowledged && !isOffList(record);
const isToConfirm = ({ confirmed }: AlarmRecord): boolean => !confirmed;
const isToReset = ({ latched, condition, acknowledged, confirmed }: AlarmRecord): boolean =>
  latched && condition === null && acknowledged && confirmed;

/** Acts on the alarm with the id given; without one, on all of the strand, or of all, that `which` picks. */
function onAlarms(
  command: Command,
  { desk }: CommandTools,
  which: (record: AlarmRecord) => boolean,
  act: (record: AlarmRecord) => readonly Transition[],
): Outcome {
  const named = alarmIn(command, desk);
  const records = named === null ? desk.book.open(command.strand).filter(which) : [named];
  return changed(records.flatMap(act));
}

/** Acts on a rule of a strand, or on all its rules; of those, the ones that refuse are passed over unless all do. */
function onPoints(
  command: Command,
  { desk, settings }: CommandTools,
  act: (point: Point) => readonly Transition[],
): Outcome {
  const transitions: Transition[] = [];
  let refusal: StrandWatchError | null = null;
  for (const point of pointsIn(command, desk, settings)) {
    try {
      transitions.push(...act(point));
    } catch (thrown) {
      if (!(thrown instanceof StrandWatchError)) throw thrown;
      refusal ??= thrown;
    }
  }
  if (transitions.length === 0 && refusal !== null) throw refusal;
  return changed(transitions);
}

const told = (records: readonly AlarmRecord[]): Outcome => ({
  transitions: [],
  result: structuredClone(records),
});

/** The last version of each alarm that changed. */
function changed(transitions: readonly Transition[]): Outcome {
  const records = new Map(transitions.map(({ record }) => [record.id, record]));
  return { transitions, result: structuredClone([...records.values()]) };
}
