import type { AlarmLevel } from '../lib/alarm.js';
import type { CastMs } from '../lib/clock.js';
import { delayed, INACTIVE, type Delays, type DelayState } from './delay.js';

export interface ConditionSettings extends Delays {
  readonly thresholds: Readonly<Record<AlarmLevel, number>>;
  readonly deadband: number;
}

/** Both limits of one strand. */
export type Condition = Readonly<Record<AlarmLevel, DelayState>>;

export const NORMAL: Condition = { warning: INACTIVE, critical: INACTIVE };

/**
 * Whether the risk is beyond a limit. Strictly above it makes it so; once active, only a risk at or below
 * limit - deadband ends it (OPC UA Part 9, B.1.5).
 */
export function isBeyond(risk: number, limit: number, deadband: number, active: boolean): boolean {
  return risk > (active ? limit - deadband : limit);
}

/** The condition after a risk at cast time `at`. Cost: constant, no state but the one handed in. */
export function assess(
  condition: Condition,
  risk: number,
  at: CastMs,
  settings: ConditionSettings,
): Condition {
  return { warning: next('warning'), critical: next('critical') };

  function next(level: AlarmLevel): DelayState {
    const state = condition[level];
    const active = state.phase === 'active';
    return delayed(
      state,
      isBeyond(risk, settings.thresholds[level], settings.deadband, active),
      at,
      settings,
    );
  }
}

/** The highest level that is active, or null. */
export function levelOf({ warning, critical }: Condition): AlarmLevel | null {
  if (critical.phase === 'active') return 'critical';
  return warning.phase === 'active' ? 'warning' : null;
}

/** When the risk first crossed a limit that is active now. */
export function onsetOf({ warning, critical }: Condition): CastMs | null {
  const active = [warning, critical].filter((state) => state.phase === 'active').map(({ since }) => since);
  return active.length === 0 ? null : (Math.min(...active) as CastMs);
}

/** Whether a level is active, or on its way there: such a strand must not be forgotten. */
export const isQuiet = ({ warning, critical }: Condition): boolean =>
  warning.phase === 'inactive' && critical.phase === 'inactive';

/** The condition of an alarm that was active at `level` when the node stopped; its delays start anew. */
export function resumed(level: AlarmLevel | null, onset: CastMs): Condition {
  const active: DelayState = { phase: 'active', since: onset, clearSince: null };
  return {
    warning: level === null ? INACTIVE : active,
    critical: level === 'critical' ? active : INACTIVE,
  };
}
