/**
 * The alarm record: what `alert-manager` sends, keeps in its journal, and what dashboards show.
 * `docs/alarms.md` tells the same to people.
 */
import type { CastMs, WallMs } from './clock.js';
import type { ModelKind, NormalRange } from './messages.js';

export const ALARM_LEVELS = ['warning', 'critical'] as const;
export type AlarmLevel = (typeof ALARM_LEVELS)[number];

/** Higher is more severe; 0 stands for no condition. */
export const LEVEL_RANK: Readonly<Record<AlarmLevel, number>> = { warning: 1, critical: 2 };

/** How soon an operator has to act (ISA-18.2, IEC 62682), least first. */
export const ALARM_PRIORITIES = ['low', 'medium', 'high', 'urgent'] as const;
export type AlarmPriority = (typeof ALARM_PRIORITIES)[number];

/**
 * ISA-18.2 states: normal; unacknowledged; acknowledged; returned to normal unacknowledged; shelved; suppressed by design;
 * out of service.
 */
export const ALARM_STATES = ['NORM', 'UNACK', 'ACKED', 'RTNUN', 'SHLVD', 'DSUPR', 'OOSRV'] as const;
export type AlarmState = (typeof ALARM_STATES)[number];

/** What the alarm watches: a risk, a named rule's score, the number of bad sensors, or the health of the system. */
export const ALARM_SOURCES = [
  'ensemble',
  'baseline',
  'sequence',
  'rule',
  'sensor-quality',
  'health',
] as const;
export type AlarmSource = (typeof ALARM_SOURCES)[number];

/** What happened to an alarm. The state that it led to is in the record. */
export type AlarmEvent =
  /** Driven by the condition, on cast time. */
  | 'raised'
  | 'escalated'
  | 'eased'
  | 'returned-to-normal'
  | 'suppressed'
  | 'unsuppressed'
  | 'inhibited'
  | 'uninhibited'
  /** Driven by people and their time, on wall time; `escalated`, `suppressed` and `unsuppressed` may be too. */
  | 'acknowledged'
  | 'confirmed'
  | 're-alarmed'
  | 'shelved'
  | 'unshelved'
  | 'removed-from-service'
  | 'returned-to-service'
  | 'latch-reset'
  | 'cleared';

/** Why it happened. */
export type AlarmReason =
  | 'above-warning'
  | 'above-critical'
  | 'above-again'
  | 'unacknowledged-too-long'
  | 'supervisor'
  | 'below-critical'
  | 'below-limit'
  | 'cast-ended'
  | 'cast-restarted'
  | 'rule-removed'
  | 'process-state'
  | 'critical-active'
  | 'critical-over'
  | 're-alarm-time'
  | 'shelving-expired'
  | 'one-shot-over'
  | 'operator'
  | 'reset'
  | 'superseded'
  | 'too-many-open';

/** One thing behind the risk: all features that tell the same as one, led by that with the largest share. */
export interface AlarmCause {
  /** The model that the leading feature speaks for. */
  readonly model: ModelKind;
  readonly feature: string;
  /** Of the leading feature, in `unit`. */
  readonly value: number | null;
  readonly unit: string;
  /** Window of the leading feature, s; null when it has none. */
  readonly windowS: number | null;
  /** Usual level of the sensor in this cast, in its unit; null when not known. */
  readonly usual: number | null;
  /** What the leading feature is in 5 % to 95 % of seconds without a defect, in `unit`; null when not known. */
  readonly normal: NormalRange | null;
  /** Share of the log-odds, of all its features together, by the weights of the ensemble. */
  readonly contribution: number;
  /** Every feature that it stands for, largest share first. */
  readonly features: readonly string[];
  /** `Mold friction 3.1 kN above usual (60 s)` */
  readonly text: string;
  /** `now 12.4 kN, usual in this cast 9.3 kN; normally for low_c -1.1 to 1.2 kN from usual`; empty when not known. */
  readonly detail: string;
}

/** Where in its window the sequence model looked: the shortest stretch that holds most of its attention. */
export interface Look {
  /** s before the instant. */
  readonly fromS: number;
  readonly toS: number;
  /** 0..1 of the attention. */
  readonly share: number;
  /** `looked mostly at the last 40 s` */
  readonly text: string;
}

/** When things last happened to an alarm; null = not (yet). */
export interface AlarmTimes<Time> {
  readonly raised: Time | null;
  /** It last began to wait for an operator: raised, risen to critical, back on the list, or brought back after a while. */
  readonly presented: Time | null;
  readonly escalated: Time | null;
  readonly reAlarmed: Time | null;
  readonly acknowledged: Time | null;
  readonly returned: Time | null;
  /** The alarm was over: back in NORM. */
  readonly closed: Time | null;
}

/** Who did something, and what they said. */
export interface Acknowledgement {
  readonly by: string;
  readonly comment: string;
}

/** Taken off the operator's list by a person, until a time or once. */
export interface Shelving {
  readonly kind: 'timed' | 'one-shot';
  /** Wall clock; a one-shot shelving ends there at the latest. */
  readonly until: WallMs;
  readonly by: string;
  readonly comment: string;
}

/** Suppressed with a reason: by design (`by` is null, the process state is the reason) or by a person. */
export interface Suppression {
  readonly by: string | null;
  readonly reason: string;
}

/**
 * How an alarm stands. Each of these is kept on its own; the ISA-18.2 state is derived from all.
 * `Level`: the levels of the condition, `AlarmLevel` for those of this package.
 */
export interface Standing<Level extends string = AlarmLevel> {
  /** The level that the value itself has reached; null once it returned to normal. */
  readonly condition: Level | null;
  readonly acknowledged: boolean;
  /** False between acknowledgement and confirmation where the rule asks for one (OPC UA Part 9); else true. */
  readonly confirmed: boolean;
  /** Active or once active, and not reset since, where the rule latches. */
  readonly latched: boolean;
  readonly shelving: Shelving | null;
  /** At most one by design and one by a person. */
  readonly suppressions: readonly Suppression[];
  readonly outOfService: Acknowledgement | null;
  /** Times it was brought back to the operator since it was raised or acknowledged. */
  readonly reAlarms: number;
}

/** What the deterministic rules say of an alarm that a model raised. */
export interface SecondOpinion {
  /** At least one rule fired at the same instant. */
  readonly agrees: boolean;
  /** Highest score of the rules, 0..1. */
  readonly score: number;
  /** Labels of the rules that fired, highest score first. */
  readonly rules: readonly string[];
}

/** The most likely mechanism of the defect. */
export interface LikelyMechanism {
  /** One of `MECHANISMS`, or a name of the model's card. */
  readonly name: string;
  /** 0..1 of the evidence that speaks for any. */
  readonly share: number;
  /** Column of thermocouples where it shows, 1 = first; null when it has no place or it is not known. */
  readonly column: number | null;
  /** Who names it: the models themselves, else the families of their causes, else the rules. */
  readonly by: 'models' | 'causes' | 'rules';
  /** `likely sticker, column 3` */
  readonly text: string;
}

export interface AlarmRecord extends Standing {
  /** Made of strand, cast, rule and onset, so that a cast gives the same ids at any replay speed. */
  readonly id: string;
  /** Name of the rule in the configuration, and what people call it. */
  readonly rule: string;
  readonly label: string;
  /** Class of the rule: a word of the plant's, such as `quality`; empty when it has none. */
  readonly class: string;
  readonly strand: string;
  readonly castId: string;
  readonly heat: string | null;
  readonly grade: string | null;
  readonly source: AlarmSource;
  /** Models that spoke, as `name version`. */
  readonly models: readonly string[];

  /** Derived from the standing. */
  readonly state: AlarmState;
  /** Shown to people. While unacknowledged it never falls; once acknowledged it follows the condition. */
  readonly level: AlarmLevel;
  readonly priority: AlarmPriority;
  /** Whom an alarm that nobody acknowledged was passed on to. */
  readonly escalatedTo: 'supervisor' | null;
  /** Times the condition became active in the life of this alarm; 0 for a quiet alarm that is shelved or suppressed. */
  readonly occurrences: number;

  /** What the rule watches, at the last transition that a message caused, and its highest since the alarm was raised. */
  readonly value: number | null;
  readonly peakValue: number | null;
  /** The threshold that was crossed, in the same unit. */
  readonly limit: number | null;
  /** The same two where the value is a risk 0..1; null otherwise. */
  readonly risk: number | null;
  readonly peakRisk: number | null;
  /** Where on the strand, m cast since the start, when the alarm was raised; null when not known. */
  readonly positionM: number | null;
  /** Cast time at which the value first crossed the limit, ms since the epoch; null when it never has. */
  readonly onset: CastMs | null;
  readonly castTimes: AlarmTimes<CastMs>;
  readonly wallTimes: AlarmTimes<WallMs>;
  /** One sentence for people. */
  readonly message: string;
  /** Largest share first; empty when no model explained itself. */
  readonly causes: readonly AlarmCause[];
  readonly mechanism: LikelyMechanism | null;
  /** Null when the sequence model did not tell. */
  readonly look: Look | null;
  readonly secondOpinion: SecondOpinion | null;
  readonly acknowledgement: Acknowledgement | null;
  readonly confirmation: Acknowledgement | null;

  /** First of the alarms of one cause: id of the alarm that came first on this strand, its own id when it was this one. */
  readonly firstOut: string | null;
  /** Id of the critical alarm of the same strand that makes this warning beside the point; null when there is none. */
  readonly inhibitedBy: string | null;
  /** It comes and goes more often than an operator can follow (IEC 62682: 3 times a minute). */
  readonly chattering: boolean;
  /** It was gone before an operator could act. */
  readonly fleeting: boolean;
}

/** The ISA-18.2 state of a standing. Of several reasons to be off the list, the one that lasts longest is told. */
export function alarmState(standing: Omit<Standing<string>, 'reAlarms'>): AlarmState {
  if (standing.outOfService !== null) return 'OOSRV';
  if (standing.shelving !== null) return 'SHLVD';
  if (standing.suppressions.length > 0) return 'DSUPR';
  if (standing.condition !== null) return standing.acknowledged ? 'ACKED' : 'UNACK';
  if (!standing.acknowledged || !standing.confirmed) return 'RTNUN';
  // A latched alarm does not clear by itself, even after the value returned to normal (OPC UA Part 9, 4.8).
  return standing.latched ? 'ACKED' : 'NORM';
}

/** Still to be looked at, still going on, or kept off the list. */
export const isOpen = ({ state }: Pick<AlarmRecord, 'state'>): boolean => state !== 'NORM';

/** Whether it is kept off the operator's list (OPC UA Part 9: SuppressedOrShelved). */
export const isOffList = ({
  shelving,
  suppressions,
  outOfService,
}: Pick<Standing<string>, 'shelving' | 'suppressions' | 'outOfService'>): boolean =>
  shelving !== null || suppressions.length > 0 || outOfService !== null;
