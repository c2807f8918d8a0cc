import type { CastMs } from '../clock.js';
import { delayed, INACTIVE, type Delays, type DelayState } from './delay.js';

/** A limit of the value watched. `above`: Infinity for a level that the rule doesn't have. */
export interface Limit<Level extends string> {
  readonly level: Level;
  readonly above: number;
  readonly deadband: number;
}

export interface ConditionSettings<Level extends string> extends Delays {
  /** Least severe first. */
  readonly limits: readonly Limit<Level>[];
}

/** One state per limit, in their order. */
export type Condition = readonly DelayState[];

/** Whether the value is beyond the limit: strictly above; once active until it is at or below limit - deadband (OPC UA Part 9, B.1.5). */
export const isBeyond = (value: number, { above, deadband }: Limit<string>, isActive: boolean): boolean =>
  value > (isActive ? above - deadband : above);

export const normal = (limits: ArrayLike<unknown>): Condition => Array.from(limits, () => INACTIVE);

/** The condition after a value at cast time `at`; the same object when nothing changed. Constant cost. */
export function assess(
  condition: Condition,
  value: number,
  at: CastMs,
  settings: ConditionSettings<string>,
): Condition {
  let next: DelayState[] | null = null;
  for (let i = 0; i < settings.limits.length; i++) {
    const state = condition[i]!;
    const after = delayed(
      state,
      isBeyond(value, settings.limits[i]!, state.phase === 'active'),
      at,
      settings,
    );
    if (after === state) continue;
    next ??= [...condition];
    next[i] = after;
  }
  return next ?? condition;
}

/** The most severe limit that is active, or null. */
export function activeLimit<Level extends string>(
  condition: Condition,
  { limits }: ConditionSettings<Level>,
): Limit<Level> | null {
  for (let i = limits.length - 1; i >= 0; i--) if (condition[i]!.phase === 'active') return limits[i]!;
  return null;
}

/** When the value first crossed a limit that is active now. */
export function onsetOf(condition: Condition): CastMs | null {
  const active = condition.filter((state) => state.phase === 'active').map(({ since }) => since);
  return active.length === 0 ? null : (Math.min(...active) as CastMs);
}

/** Whether no level is active or on its way there: only then may it be forgotten. */
export const isQuiet = (condition: Condition): boolean =>
  condition.every(({ phase }) => phase === 'inactive');

/** The condition of an alarm that was active at `level` when the node stopped and of which no more is known. */
export function resumed<Level extends string>(
  level: Level | null,
  onset: CastMs,
  limits: readonly Limit<Level>[],
): Condition {
  const highest = limits.findIndex((limit) => limit.level === level);
  return limits.map((_, i) =>
    i <= highest ? { phase: 'active', since: onset, clearSince: null } : INACTIVE,
  );
}
