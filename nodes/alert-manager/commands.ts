import type { AlarmRecord } from '../lib/alarm.js';
import { commandUser, unknownCommand } from '../lib/adapter.js';
import type { WallMs } from '../lib/clock.js';
import { MessageError, shown } from '../lib/errors.js';
import type { Command } from '../lib/messages.js';
import type { AlarmDesk } from './alarm-desk.js';
import type { Transition } from './life-cycle.js';
import type { AlarmSettings } from './settings.js';

export const COMMANDS = ['acknowledge', 'set-thresholds', 'get-alarms', 'get-history', 'reset'] as const;

export interface CommandTools {
  readonly desk: AlarmDesk;
  readonly settings: AlarmSettings;
  readonly wall: WallMs;
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

/** Carries a command out. @throws StrandWatchError when it can't be; then nothing has changed */
export function carryOut(command: Command, tools: CommandTools): Outcome {
  const { strand, args } = command;
  if (commandUser(command).length > LONGEST_USER) {
    throw new MessageError(
      'MESSAGE_INVALID',
      `msg.payload.user: expected a name of at most ${LONGEST_USER} characters.`,
    );
  }
  switch (command.name) {
    case 'acknowledge':
      return acknowledge(command, tools);
    case 'set-thresholds':
      return { transitions: [], result: setThresholds(command, tools) };
    case 'get-alarms':
      return { transitions: [], result: structuredClone(tools.desk.book.open(strand).toReversed()) };
    case 'get-history':
      return { transitions: [], result: structuredClone(tools.desk.book.history(strand, limitIn(args))) };
    case 'reset': {
      const transitions = tools.desk.reset(strand, commandUser(command), tools.wall, tools.settings);
      return { transitions, result: recordsOf(transitions) };
    }
    default:
      throw unknownCommand(command, COMMANDS);
  }
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

function acknowledge(command: Command, { desk, wall, settings }: CommandTools): Outcome {
  const comment = commentIn(command.args);
  const by = commandUser(command);
  const transitions = chosen(command, desk).flatMap((record) =>
    desk.acknowledge(record, by, comment, wall, settings),
  );
  return { transitions, result: recordsOf(transitions) };
}

/** The alarm with the id given; without one, all unacknowledged alarms of the strand, or of all. */
function chosen({ strand, args }: Command, { book }: AlarmDesk): readonly AlarmRecord[] {
  const id = args.id ?? args.value;
  if (!('id' in args) && !('value' in args))
    return book.open(strand).filter((record) => !record.acknowledged);
  if (typeof id !== 'string' || id === '') {
    throw new MessageError(
      'MESSAGE_INVALID',
      `msg.payload.id: expected the id of an alarm, got ${shown(id)}. Leave it out to acknowledge all of a strand.`,
    );
  }
  const record = book.find(id);
  if (record !== null && (strand === null || record.strand === strand)) return [record];
  const why =
    record !== null
      ? `it is on strand ${record.strand}`
      : book.isKnown(id)
        ? 'it is over'
        : 'it is not known';
  throw new MessageError(
    'COMMAND_REFUSED',
    `alarm ${shown(id)} can't be acknowledged: ${why}. Send get-alarms for those that are open.`,
  );
}

function commentIn({ comment }: Command['args']): string {
  if (comment === undefined || comment === null) return '';
  if (typeof comment === 'string' && comment.length <= LONGEST_COMMENT) return comment;
  throw new MessageError(
    'MESSAGE_INVALID',
    `msg.payload.comment: expected a text of at most ${LONGEST_COMMENT} characters, got ${shown(comment)}.`,
  );
}

function setThresholds(
  command: Command,
  { settings, setThresholds: set }: CommandTools,
): AlarmSettings['thresholds'] {
  const given = Object.fromEntries(Object.entries(command.args).filter(([key]) => key !== 'user'));
  const stray = Object.keys(given).filter((key) => key !== 'warning' && key !== 'critical');
  if (stray.length > 0 || Object.keys(given).length === 0) {
    throw new MessageError(
      'MESSAGE_INVALID',
      `msg.payload: expected warning, critical or both, such as {"warning": 0.5}, got ${shown(given)}.`,
    );
  }
  const { warning = settings.thresholds.warning, critical = settings.thresholds.critical } = given;
  return set(
    { warning: threshold('warning', warning), critical: threshold('critical', critical) },
    commandUser(command),
  );
}

function threshold(name: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new MessageError(
    'MESSAGE_INVALID',
    `msg.payload.${name}: expected a number 0..1, got ${shown(value)}.`,
  );
}

function limitIn({ limit, value }: Command['args']): number {
  const wanted = limit ?? value;
  if (wanted === undefined) return Infinity;
  if (typeof wanted === 'number' && Number.isInteger(wanted) && wanted > 0) return wanted;
  throw new MessageError(
    'MESSAGE_INVALID',
    `msg.payload.limit: expected a whole number from 1, got ${shown(wanted)}. Leave it out for all that are kept.`,
  );
}

/** More is a slip or an attack; the journal keeps every comment. */
const LONGEST_COMMENT = 1000;
const LONGEST_USER = 200;

/** The last version of each alarm that changed. */
function recordsOf(transitions: readonly Transition[]): readonly AlarmRecord[] {
  return structuredClone([...new Map(transitions.map(({ record }) => [record.id, record])).values()]);
}
