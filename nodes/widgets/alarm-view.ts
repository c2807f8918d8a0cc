/** Which alarms are listed, in which order, and what each line says. Pure. */
import type { AlarmRecord, AlarmState } from '../lib/alarm.js';
import type { AlarmsContent } from '../lib/dashboard.js';
import { age, mechanismName, percent, wallClock } from './format.js';
import { SHAPES } from './levels.js';

export type AlarmTab = 'active' | 'shelved' | 'over';
export type AlarmOrder = 'priority' | 'newest' | 'oldest' | 'strand';

export interface AlarmChoice {
  readonly tab: AlarmTab;
  readonly order: AlarmOrder;
  /** Only this strand; null = all. */
  readonly strand: string | null;
  /** Words that a line must hold, in any order and case. */
  readonly words: string;
}

/** ISA-18.2's states in the words of operators. */
export const STATE_NAMES: Readonly<Record<AlarmState, string>> = {
  NORM: 'normal',
  UNACK: 'unacknowledged',
  ACKED: 'acknowledged',
  RTNUN: 'returned, unacknowledged',
  SHLVD: 'shelved',
  DSUPR: 'suppressed',
  OOSRV: 'out of service',
};

const OFF_LIST: ReadonlySet<AlarmState> = new Set(['SHLVD', 'DSUPR', 'OOSRV']);
const STATE_RANK: Readonly<Record<AlarmState, number>> = {
  ...{ UNACK: 4, RTNUN: 3, ACKED: 2, SHLVD: 1, DSUPR: 1, OOSRV: 1, NORM: 0 },
};
const PRIORITY_RANK: Readonly<Record<string, number>> = { urgent: 4, high: 3, medium: 2, low: 1 };

const collator = new Intl.Collator('en', { numeric: true });

export function listed({ open, over }: AlarmsContent, choice: AlarmChoice): readonly AlarmRecord[] {
  const words = choice.words.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (alarm: AlarmRecord): boolean => {
    const text = `strand ${alarm.strand} ${alarm.level} ${alarm.priority} ${STATE_NAMES[alarm.state]} ${alarm.message} ${alarm.castId}`;
    return words.every((word) => text.toLowerCase().includes(word));
  };
  return tabOf({ open, over }, choice.tab)
    .filter((alarm) => (choice.strand === null || alarm.strand === choice.strand) && holds(alarm))
    .toSorted(ORDERS[choice.tab === 'over' && choice.order === 'priority' ? 'newest' : choice.order]);
}

const tabOf = ({ open, over }: AlarmsContent, tab: AlarmTab): readonly AlarmRecord[] => {
  if (tab === 'over') return over;
  return open.filter(({ state }) => OFF_LIST.has(state) === (tab === 'shelved'));
};

type Compare = (one: AlarmRecord, other: AlarmRecord) => number;

const since = (alarm: AlarmRecord): number => alarm.wallTimes.raised ?? 0;
const newest: Compare = (one, other) => since(other) - since(one);

const ORDERS: Readonly<Record<AlarmOrder, Compare>> = {
  priority: (one, other) =>
    Number(isToAcknowledge(other)) - Number(isToAcknowledge(one)) ||
    (PRIORITY_RANK[other.priority] ?? 0) - (PRIORITY_RANK[one.priority] ?? 0) ||
    STATE_RANK[other.state] - STATE_RANK[one.state] ||
    newest(one, other),
  newest,
  oldest: (one, other) => -newest(one, other),
  strand: (one, other) => collator.compare(one.strand, other.strand) || newest(one, other),
};

export const isToAcknowledge = ({
  state,
  acknowledged,
}: Pick<AlarmRecord, 'state' | 'acknowledged'>): boolean =>
  !acknowledged && (state === 'UNACK' || state === 'RTNUN');

export interface AlarmCounts {
  readonly active: number;
  readonly toAcknowledge: number;
  readonly shelved: number;
}

export function counts({ open }: AlarmsContent): AlarmCounts {
  const active = open.filter(({ state }) => !OFF_LIST.has(state));
  return {
    active: active.length,
    toAcknowledge: active.filter(isToAcknowledge).length,
    shelved: open.length - active.length,
  };
}

/** A shape per level, hollow once acknowledged, so that neither needs a colour. */
export function shapeOf({ level, state }: Pick<AlarmRecord, 'level' | 'state'>): string {
  if (state === 'UNACK' || state === 'RTNUN') return SHAPES[level];
  return level === 'critical' ? '◇' : '△';
}

/** What an operator may do with an alarm. */
export interface AlarmActions {
  readonly acknowledge: boolean;
  readonly confirm: boolean;
  readonly shelve: boolean;
  readonly unshelve: boolean;
  readonly unsuppress: boolean;
  readonly returnToService: boolean;
  readonly resetLatch: boolean;
}

export function actionsFor(alarm: AlarmRecord): AlarmActions {
  const isOver = alarm.state === 'NORM';
  const isOffList = OFF_LIST.has(alarm.state);
  return {
    acknowledge: !isOver && !isOffList && !alarm.acknowledged,
    confirm: !isOver && !isOffList && alarm.acknowledged && !alarm.confirmed,
    shelve: !isOver && !isOffList,
    unshelve: alarm.shelving !== null,
    // What the design suppresses, the design gives back.
    unsuppress: alarm.suppressions.some(({ by }) => by !== null),
    returnToService: alarm.outOfService !== null,
    resetLatch: alarm.latched && alarm.acknowledged && alarm.condition === null,
  };
}

/** What has become of it, in one line. `wall` is the server's clock. */
export function fate(alarm: AlarmRecord, wall: number): string {
  const parts = [STATE_NAMES[alarm.state]];
  const { acknowledgement, shelving, suppressions, outOfService, wallTimes } = alarm;
  if (shelving !== null)
    parts.push(`by ${shelving.by}, ${age(shelving.until - wall)} left${said(shelving.comment)}`);
  for (const { by, reason } of suppressions) parts.push(by === null ? reason : `by ${by}: ${reason}`);
  if (outOfService !== null) parts.push(`by ${outOfService.by}${said(outOfService.comment)}`);
  if (acknowledgement !== null)
    parts.push(
      `${alarm.state === 'ACKED' ? '' : 'acknowledged '}by ${acknowledgement.by}${said(acknowledgement.comment)}`,
    );
  if (alarm.state === 'NORM' && wallTimes.closed !== null)
    parts.push(`over since ${wallClock(wallTimes.closed)}`);
  if (alarm.condition === null && alarm.state !== 'NORM' && alarm.state !== 'RTNUN')
    parts.push('condition is over');
  return parts.join(' · ');
}

const said = (comment: string): string => (comment === '' ? '' : `: “${comment}”`);

/** Small signs beside the sentence. */
export function badges(alarm: AlarmRecord): readonly string[] {
  const { secondOpinion, mechanism } = alarm;
  return [
    ...(mechanism === null ? [] : [`${mechanismName(mechanism.name)} ${percent(mechanism.share)}`]),
    ...(secondOpinion === null ? [] : [secondOpinion.agrees ? 'rules agree' : 'rules disagree']),
    ...(alarm.escalatedTo === null ? [] : ['supervisor called']),
    ...(alarm.chattering ? ['chattering'] : []),
    ...(alarm.fleeting ? ['fleeting'] : []),
    ...(alarm.latched && alarm.condition === null ? ['latched'] : []),
    ...(alarm.occurrences > 1 ? [`${alarm.occurrences} times`] : []),
    ...(alarm.firstOut !== null && alarm.firstOut === alarm.id ? ['first out'] : []),
    ...(alarm.inhibitedBy === null ? [] : ['behind a critical one']),
  ];
}
