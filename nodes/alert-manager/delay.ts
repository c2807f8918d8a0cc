import type { CastMs } from '../lib/clock.js';

/** On-delay and off-delay of one limit. `since`: when it became true; `clearSince`: since when it has been false again. */
export type DelayState =
  | { readonly phase: 'inactive' }
  | { readonly phase: 'pending'; readonly since: CastMs }
  | { readonly phase: 'active'; readonly since: CastMs; readonly clearSince: CastMs | null };

export interface Delays {
  /** ms of cast time. */
  readonly onDelayMs: number;
  readonly offDelayMs: number;
}

export const INACTIVE: DelayState = { phase: 'inactive' };

/**
 * The next state of a limit after it was seen true or false at `at`.
 *
 * True while inactive starts the on-delay; it becomes active at the first look at which it has been true for the whole
 * on-delay. False while active starts the off-delay; true in between cancels it. A delay of 0 acts at once.
 * The rules are those of Prometheus' `for` and `keep_firing_for`.
 */
export function delayed(state: DelayState, isTrue: boolean, at: CastMs, delays: Delays): DelayState {
  if (isTrue) {
    if (state.phase === 'active')
      return state.clearSince === null ? state : { phase: 'active', since: state.since, clearSince: null };
    const since = state.phase === 'pending' ? state.since : at;
    return at - since >= delays.onDelayMs
      ? { phase: 'active', since, clearSince: null }
      : { phase: 'pending', since };
  }
  if (state.phase !== 'active') return INACTIVE;
  const clearSince = state.clearSince ?? at;
  return at - clearSince >= delays.offDelayMs
    ? INACTIVE
    : { phase: 'active', since: state.since, clearSince };
}
