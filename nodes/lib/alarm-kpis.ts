/**
 * The answer of `alert-manager` to `get-kpis`: how well the alarm system serves its operators.
 * All times and windows are of the wall clock: they measure what people get to hear. `docs/alarm-performance.md` explains
 * each figure and where its limit comes from.
 */
import type { WallMs } from './clock.js';

/** Against the two figures of the standard: at or below the first, at or below the second, above both. */
export type RateVerdict = 'acceptable' | 'manageable' | 'overloaded';

/** One source of alarms: a rule on a strand. */
export interface AlarmSourceName {
  readonly strand: string;
  readonly rule: string;
}

export interface RateKpis {
  /** Alarms raised in the last 10 minutes. */
  readonly last10Min: number;
  /** Mean per 10 minutes over the time observed; null within the first 10 minutes. */
  readonly averagePer10Min: number | null;
  /** The most in any 10 minutes observed. */
  readonly peakPer10Min: number;
  /** Of the average, or of the last 10 minutes while there is none. */
  readonly verdict: RateVerdict;
  /** Alarms in each of the last 24 hours, oldest first; the last one is the hour that ends now. */
  readonly lastHours: readonly number[];
}

export interface FloodKpis {
  /** The operators are in a flood now. */
  readonly isNow: boolean;
  /** Floods that began in the time observed. */
  readonly count: number;
  /** Share of the time observed spent in floods, 0..1. */
  readonly share: number;
  /** Whether the share is within its limit. */
  readonly isWithin: boolean;
}

export interface StandingAlarm extends AlarmSourceName {
  readonly id: string;
  /** s since the condition became active. */
  readonly ageS: number;
}

export interface StandingKpis {
  /** Alarms whose condition is active now, acknowledged or not. */
  readonly active: number;
  readonly unacknowledged: number;
  /** Active for longer than `limits.stale_after`, oldest first, at most 100. */
  readonly stale: readonly StandingAlarm[];
  readonly staleCount: number;
  readonly isWithin: boolean;
}

export interface BadActor extends AlarmSourceName {
  readonly alarms: number;
  /** Of all alarms of the position in the time observed, 0..1. */
  readonly share: number;
}

export interface TopTenKpis {
  /** Most frequent first. */
  readonly actors: readonly BadActor[];
  /** What they raised together, 0..1. */
  readonly share: number;
  readonly isWithin: boolean;
}

export interface PriorityShare {
  readonly priority: string;
  readonly alarms: number;
  readonly share: number;
  /** The share that the standard recommends, 0..1. */
  readonly target: number;
}

export interface ChatteringSource extends AlarmSourceName {
  /** Raised that often within the last minute. */
  readonly perMinute: number;
}

export interface FleetingSource extends AlarmSourceName {
  /** Times it came and went before anyone could act, in the time observed. */
  readonly times: number;
}

export interface PositionKpis {
  readonly position: string;
  /** Its strands; null = all. */
  readonly strands: readonly string[] | null;
  /** Alarms raised in the time observed. */
  readonly alarms: number;
  readonly rate: RateKpis;
  readonly flood: FloodKpis;
  readonly standing: StandingKpis;
  readonly topTen: TopTenKpis;
  readonly priorities: readonly PriorityShare[];
  /** Chattering now. The standard's target is none. */
  readonly chattering: readonly ChatteringSource[];
  /** Most often first, at most 10. The standard's target is none. */
  readonly fleeting: readonly FleetingSource[];
  /** s from raised to acknowledged, mean of those acknowledged; null when none was. */
  readonly meanAcknowledgeS: number | null;
}

export interface AlarmKpis {
  readonly at: WallMs;
  /** Begin of the time observed. */
  readonly since: WallMs;
  /** s: `at - since`, at most `alerts.performance.period`. */
  readonly observedS: number;
  /** The limits in force, as in the configuration. */
  readonly limits: Readonly<Record<string, unknown>>;
  readonly positions: readonly PositionKpis[];
}
