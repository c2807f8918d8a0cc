/** What operators do to alarms. Each function returns the transitions, or throws with the reason why nothing was done. */
import {
  LEVEL_RANK,
  type AlarmEvent,
  type AlarmLevel,
  type AlarmRecord,
  type Standing,
} from '../lib/alarm.js';
import type { WallMs } from '../lib/clock.js';
import { MessageError } from '../lib/errors.js';
import { conventionOf, type AlarmDesk } from './alarm-desk.js';
import { MAX_OPEN } from './alarm-book.js';
import { reconcileInhibition } from './inhibition.js';
import * as lifeCycle from './life-cycle.js';
import { timed, type Instant, type Operator, type Transition } from './life-cycle.js';
import type { AlarmSettings } from './settings.js';
import * as standing from './standing.js';
import { REFUSALS } from './refusals.js';

export interface OperatorTools {
  readonly desk: AlarmDesk;
  readonly settings: AlarmSettings;
  readonly wall: WallMs;
}

/** A rule on a strand, whether or not it has an alarm at present. */
export interface Point {
  readonly strand: string;
  readonly rule: string;
}

/** Acknowledges one alarm. An acknowledged alarm shows the level of its condition again. */
export function acknowledge(
  record: AlarmRecord,
  operator: Operator,
  tools: OperatorTools,
): readonly Transition[] {
  const convention = conventionOf(tools.settings, record.rule);
  const next = accepted(standing.acknowledge<AlarmLevel>(record, convention), record);
  const now = instantOf(record, tools);
  const moments = timed(record, now, { acknowledged: 'now' });
  const change = { ...next, ...moments, acknowledgement: operator };
  const transitions = [lifeCycle.step(record, now, 'acknowledged', 'operator', change, operator)];
  const { condition, level } = record;
  const rule = tools.settings.rules.find(({ name }) => name === record.rule);
  if (rule !== undefined && condition !== null && LEVEL_RANK[condition] < LEVEL_RANK[level]) {
    const limit = rule.limits.find((one) => one.level === condition)!.above;
    const shown = { level: condition, priority: rule.priority[condition], limit };
    transitions.push(lifeCycle.step(transitions[0]!.record, now, 'eased', 'below-critical', shown));
  }
  return entered(transitions, tools);
}

export function confirm(
  record: AlarmRecord,
  operator: Operator,
  tools: OperatorTools,
): readonly Transition[] {
  const next = accepted(standing.confirm<AlarmLevel>(record), record);
  const change = { ...next, confirmation: operator };
  return entered(
    [lifeCycle.step(record, instantOf(record, tools), 'confirmed', 'operator', change, operator)],
    tools,
  );
}

export function resetLatch(
  record: AlarmRecord,
  operator: Operator,
  tools: OperatorTools,
): readonly Transition[] {
  const next = accepted(standing.resetLatch<AlarmLevel>(record), record);
  return entered(
    [lifeCycle.step(record, instantOf(record, tools), 'latch-reset', 'operator', next, operator)],
    tools,
  );
}

/** Shelves a rule on a strand: the alarm there is, and those that come. */
export const shelve = (
  point: Point,
  request: standing.ShelvingRequest,
  tools: OperatorTools,
): readonly Transition[] =>
  onPoint(point, 'shelved', request, tools, (record) =>
    standing.shelve<AlarmLevel>(record, request, tools.wall, tools.settings.shelving.longestMs),
  );

export const unshelve = (point: Point, operator: Operator, tools: OperatorTools): readonly Transition[] =>
  onPoint(point, 'unshelved', operator, tools, (record, convention) =>
    standing.unshelve<AlarmLevel>(record, convention),
  );

export const suppress = (
  point: Point,
  reason: string,
  operator: Operator,
  tools: OperatorTools,
): readonly Transition[] =>
  onPoint(point, 'suppressed', { by: operator.by, comment: reason }, tools, (record) =>
    standing.suppress<AlarmLevel>(record, { by: operator.by, reason }),
  );

export const unsuppress = (point: Point, operator: Operator, tools: OperatorTools): readonly Transition[] =>
  onPoint(point, 'unsuppressed', operator, tools, (record, convention) =>
    standing.unsuppress<AlarmLevel>(record, 'by-person', convention),
  );

export const removeFromService = (
  point: Point,
  operator: Operator,
  tools: OperatorTools,
): readonly Transition[] =>
  onPoint(point, 'removed-from-service', operator, tools, (record) =>
    standing.removeFromService<AlarmLevel>(record, operator),
  );

export const returnToService = (
  point: Point,
  operator: Operator,
  tools: OperatorTools,
): readonly Transition[] =>
  onPoint(point, 'returned-to-service', operator, tools, (record, convention) =>
    standing.returnToService<AlarmLevel>(record, convention),
  );

/** Ends every alarm and forgets every condition, of one strand or all. */
export function reset(
  strand: string | null,
  operator: Operator,
  tools: OperatorTools,
): readonly Transition[] {
  const over = {
    ...{ condition: null, acknowledged: true, confirmed: true, latched: false },
    ...{ shelving: null, suppressions: [], outOfService: null, reAlarms: 0, inhibitedBy: null },
  };
  const transitions = tools.desk.book
    .open(strand)
    .map((record) => lifeCycle.step(record, instantOf(record, tools), 'cleared', 'reset', over, operator));
  tools.desk.watches.forget(strand);
  return entered(transitions, tools);
}

/** A step that every alarm of a rule on a strand takes; where there is none, a quiet record stands for it. */
function onPoint(
  point: Point,
  event: AlarmEvent,
  operator: Operator,
  tools: OperatorTools,
  take: (record: AlarmRecord, convention: standing.Convention<AlarmLevel>) => standing.Step<AlarmLevel>,
): readonly Transition[] {
  const convention = conventionOf(tools.settings, point.rule);
  const open = tools.desk.book.openOf(point.strand, point.rule);
  const records = open.length > 0 ? open : [quietRecordOf(point, tools)];
  // They are off the list for the same reasons: what the newest refuses, all refuse.
  accepted(take(records.at(-1)!, convention), records.at(-1)!);
  const transitions = records.flatMap((record) => {
    const next = take(record, convention);
    if (typeof next === 'string') return [];
    const seen = record.acknowledged || !next.acknowledged ? {} : { acknowledgement: operatorOf(operator) };
    const change = { ...next, ...seen };
    return [lifeCycle.step(record, instantOf(record, tools), event, 'operator', change, operator)];
  });
  return entered(transitions, tools);
}

function quietRecordOf({ strand, rule: name }: Point, { desk, settings }: OperatorTools): AlarmRecord {
  const rule = settings.rules.find((one) => one.name === name)!;
  if (desk.book.size >= MAX_OPEN) {
    throw new MessageError(
      'COMMAND_REFUSED',
      `${MAX_OPEN} alarms are open, which is all that are kept. Acknowledge some first. Nothing was changed.`,
    );
  }
  return lifeCycle.quietRecord(strand, rule, [strand, name].map(encodeURIComponent).join('/'));
}

function entered(transitions: readonly Transition[], tools: OperatorTools): readonly Transition[] {
  const { desk, settings } = tools;
  const all = [...transitions];
  for (const { record } of transitions) {
    desk.book.put(record, settings.history);
    desk.settle(record);
  }
  const last = new Map(transitions.map(({ record, at }) => [record.strand, at]));
  for (const [strand, now] of last) reconcileInhibition(desk.book, strand, all, now, settings);
  return all;
}

const operatorOf = ({ by, comment }: Operator): Operator => ({ by, comment });

const instantOf = (record: AlarmRecord, { desk, wall }: OperatorTools): Instant => ({
  cast: desk.castTimeOf(record),
  wall,
});

/** The standing after a step. @throws MessageError COMMAND_REFUSED saying why the step can't be taken */
function accepted(next: standing.Step<AlarmLevel>, record: AlarmRecord): Standing {
  if (typeof next !== 'string') return next;
  throw new MessageError(
    'COMMAND_REFUSED',
    `alarm ${record.id}: ${REFUSALS[next](record)}. Nothing was changed.`,
  );
}
