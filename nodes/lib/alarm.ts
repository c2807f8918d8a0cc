/**
 * The alarm record: what `alert-manager` sends, keeps in its journal, and what dashboards show.
 * `docs/alarms.md` tells the same to people.
 */
import type { CastMs, WallMs } from './clock.js';
import type { ModelKind } from './messages.js';

export type AlarmLevel = 'warning' | 'critical';

/** ISA-18.2 states: normal; unacknowledged; acknowledged; returned to normal unacknowledged. */
export type AlarmState = 'NORM' | 'UNACK' | 'ACKED' | 'RTNUN';

/** Whose probability the alarm watches. */
export type AlarmSource = 'ensemble' | ModelKind;

/** What happened to an alarm. The state that it led to is in the record. */
export type AlarmEvent = 'raised' | 'escalated' | 'eased' | 'acknowledged' | 'returned-to-normal' | 'cleared';

/** Why it happened. */
export type AlarmReason =
  | 'above-warning'
  | 'above-critical'
  | 'above-again'
  | 'unacknowledged-too-long'
  | 'below-critical'
  | 'below-limit'
  | 'cast-ended'
  | 'cast-restarted'
  | 'operator'
  | 'reset'
  | 'too-many-open';

/** One feature behind the risk: its share of the model's log-odds, and the same in words. */
export interface AlarmCause {
  readonly model: ModelKind;
  readonly feature: string;
  readonly value: number | null;
  readonly contribution: number;
  readonly text: string;
}

/** When things last happened to an alarm; null = not (yet). */
export interface AlarmTimes<Time> {
  readonly raised: Time | null;
  readonly escalated: Time | null;
  readonly acknowledged: Time | null;
  readonly returned: Time | null;
  /** The alarm was over: back in NORM. */
  readonly closed: Time | null;
}

export interface Acknowledgement {
  readonly by: string;
  readonly comment: string;
}

export interface AlarmRecord {
  /** Made of strand, cast, rule and onset, so that a cast gives the same ids at any replay speed. */
  readonly id: string;
  readonly rule: string;
  readonly strand: string;
  readonly castId: string;
  readonly heat: string | null;
  readonly grade: string | null;
  readonly source: AlarmSource;
  /** Models that spoke, as `name version`. */
  readonly models: readonly string[];

  /** Derived from `condition` and `acknowledged`. */
  readonly state: AlarmState;
  /** Priority shown to people. While unacknowledged it never falls; once acknowledged it follows the condition. */
  readonly level: AlarmLevel;
  /** The level that the risk itself has reached; null once it returned to normal. */
  readonly condition: AlarmLevel | null;
  readonly acknowledged: boolean;
  /** Times the condition became active in the life of this alarm. */
  readonly occurrences: number;

  /** Risk 0..1 at the last transition that a prediction caused, and the highest since the alarm was raised. */
  readonly risk: number;
  readonly peakRisk: number;
  /** The threshold that was crossed, 0..1. */
  readonly limit: number;
  /** Where on the strand, m cast since the start, when the alarm was raised; null when not known. */
  readonly positionM: number | null;
  /** Cast time at which the risk first crossed the limit, ms since the epoch. */
  readonly onset: CastMs;
  readonly castTimes: AlarmTimes<CastMs>;
  readonly wallTimes: AlarmTimes<WallMs>;
  /** One sentence for people: strand, risk, limit, why. */
  readonly message: string;
  /** Largest share first; empty when no model explained itself. */
  readonly causes: readonly AlarmCause[];
  readonly acknowledgement: Acknowledgement | null;
}

/** The ISA-18.2 state of the two flags. */
export function alarmState(condition: AlarmLevel | null, acknowledged: boolean): AlarmState {
  if (condition !== null) return acknowledged ? 'ACKED' : 'UNACK';
  return acknowledged ? 'NORM' : 'RTNUN';
}

/** Still to be looked at, or still going on. */
export const isOpen = ({ state }: Pick<AlarmRecord, 'state'>): boolean => state !== 'NORM';
