/** Reads what a command says. Every function @throws MessageError naming the property, what was expected and what came. */
import type { AlarmRecord } from '../lib/alarm.js';
import { commandUser } from '../lib/adapter.js';
import { wallMs, type WallMs } from '../lib/clock.js';
import { MessageError, shown } from '../lib/errors.js';
import type { Command } from '../lib/messages.js';
import type { AlarmDesk } from './alarm-desk.js';
import type { Operator } from './life-cycle.js';
import type { Point } from './operator.js';
import type { AlarmSettings } from './settings.js';

type Args = Command['args'];

/** More is a slip or an attack; the journal keeps every comment. */
const LONGEST_COMMENT = 1000;
const LONGEST_USER = 200;

export function operatorIn(command: Command): Operator {
  const by = commandUser(command);
  if (by.length > LONGEST_USER) throw invalid('user', `a name of at most ${LONGEST_USER} characters`, by);
  return { by, comment: textIn(command.args, 'comment') ?? '' };
}

/** The reason that a suppression must have. */
export function reasonIn(args: Args): string {
  const reason = textIn(args, 'reason');
  if (reason !== null && reason.trim() !== '') return reason;
  throw invalid('reason', 'why it is suppressed, such as "width change"', args.reason);
}

/** The open alarm with the id given, or null when the command names none. */
export function alarmIn({ name, strand, args }: Command, { book }: AlarmDesk): AlarmRecord | null {
  if (!('id' in args) && !('value' in args)) return null;
  const id = args.id ?? args.value;
  if (typeof id !== 'string' || id === '')
    throw invalid('id', 'the id of an alarm', id, 'Leave it out to address a whole strand.');
  const record = book.find(id);
  if (record !== null && (strand === null || record.strand === strand)) return record;
  const why =
    record !== null
      ? `it is on strand ${record.strand}`
      : book.isKnown(id)
        ? 'it is over'
        : 'it is not known';
  throw new MessageError(
    'COMMAND_REFUSED',
    `${name} of alarm ${shown(id)}: ${why}. Nothing was changed. Send get-alarms for those that are open.`,
  );
}

/** The rules and strands that a command addresses: those of its alarm, or by `msg.topic` and `rule`. */
export function pointsIn(command: Command, desk: AlarmDesk, settings: AlarmSettings): readonly Point[] {
  const record = alarmIn(command, desk);
  if (record !== null) return [{ strand: record.strand, rule: record.rule }];
  const { strand, args, name } = command;
  if (strand === null)
    throw invalid('id', `the id of an alarm, or a strand in msg.topic, for ${name}`, args.id);
  const isKnown = desk.watches.hasHeard(strand) || desk.book.open(strand).length > 0;
  if (!isKnown) {
    throw new MessageError(
      'COMMAND_REFUSED',
      `${name} on strand ${shown(strand)}: nothing has been heard of that strand. Nothing was changed.`,
    );
  }
  const names = settings.rules
    .filter(({ strands }) => strands === null || strands.has(strand))
    .map((rule) => rule.name);
  const { rule } = args;
  if (rule === undefined) return names.map((one) => ({ strand, rule: one }));
  if (typeof rule === 'string' && names.includes(rule)) return [{ strand, rule }];
  throw invalid('rule', `one of ${names.join(', ')}`, rule);
}

/** ms for which to shelve; null for a one-shot shelving that names no time. */
export function shelvingIn(
  args: Args,
  { shelving }: AlarmSettings,
): { readonly kind: 'timed' | 'one-shot'; readonly forMs: number | null } {
  const { seconds, once } = args;
  if (once !== undefined && typeof once !== 'boolean') throw invalid('once', 'true or false', once);
  if (seconds !== undefined && typeof seconds !== 'number')
    throw invalid('seconds', 'a number of seconds', seconds);
  if (once === true) return { kind: 'one-shot', forMs: seconds === undefined ? null : 1000 * seconds };
  return { kind: 'timed', forMs: seconds === undefined ? shelving.usualMs : 1000 * seconds };
}

export function thresholdsIn({ args }: Command, { thresholds }: AlarmSettings): AlarmSettings['thresholds'] {
  const given = Object.fromEntries(Object.entries(args).filter(([key]) => key !== 'user'));
  const stray = Object.keys(given).filter((key) => key !== 'warning' && key !== 'critical');
  if (stray.length > 0 || Object.keys(given).length === 0) {
    throw new MessageError(
      'MESSAGE_INVALID',
      `msg.payload: expected warning, critical or both, such as {"warning": 0.5}, got ${shown(given)}.`,
    );
  }
  const { warning = thresholds.warning, critical = thresholds.critical } = given;
  return { warning: threshold('warning', warning), critical: threshold('critical', critical) };
}

export function limitIn({ limit, value }: Args): number {
  const wanted = limit ?? value;
  if (wanted === undefined) return Infinity;
  if (typeof wanted === 'number' && Number.isInteger(wanted) && wanted > 0) return wanted;
  throw invalid('limit', 'a whole number from 1', wanted, 'Leave it out for all that are kept.');
}

export interface ExportRequest {
  readonly from: WallMs;
  readonly to: WallMs;
  readonly format: 'json' | 'csv';
  readonly strand: string | null;
}

/** A time range of wall time, in ms since the epoch or as ISO 8601; everything when it is left out. */
export function exportIn({ args, strand }: Command): ExportRequest {
  const { format = 'json' } = args;
  if (format !== 'json' && format !== 'csv') throw invalid('format', '"json" or "csv"', format);
  const from = timeIn(args, 'from') ?? wallMs(0);
  const to = timeIn(args, 'to') ?? wallMs(Infinity);
  if (from > to) throw invalid('from', 'a time at or before "to"', args.from);
  return { from, to, format, strand };
}

function timeIn(args: Args, key: 'from' | 'to'): WallMs | null {
  const value = args[key];
  if (value === undefined) return null;
  const ms = typeof value === 'string' ? Date.parse(value) : value;
  if (typeof ms === 'number' && Number.isFinite(ms)) return wallMs(ms);
  throw invalid(key, 'ms since the epoch or a time such as "2026-03-01T06:00:00Z"', value);
}

function textIn(args: Args, key: 'comment' | 'reason'): string | null {
  const text = args[key];
  if (text === undefined || text === null) return null;
  if (typeof text === 'string' && text.length <= LONGEST_COMMENT) return text;
  throw invalid(key, `a text of at most ${LONGEST_COMMENT} characters`, text);
}

function threshold(name: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw invalid(name, 'a number 0..1', value);
}

const invalid = (key: string, expected: string, got: unknown, advice = ''): MessageError =>
  new MessageError(
    'MESSAGE_INVALID',
    `msg.payload.${key}: expected ${expected}, got ${shown(got)}.${advice === '' ? '' : ` ${advice}`}`,
  );
