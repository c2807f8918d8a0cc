import type { CastMs } from '../clock.js';

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
 * The rules are those of Prometheus' `for` and `keep_firing_for`. Returns the same object when nothing changed.
 */
export function delayed(state: DelayState, isTrue: boolean, at: CastMs, delays: Delays): DelayState {
  if (isTrue) {
    if (state.phase === 'active')
      return state.clearSince === null ? state : { phase: 'active', since: state.since, clearSince: null };
    const since = state.phase === 'pending' ? state.since : at;
    if (at - since >= delays.onDelayMs) return { phase: 'active', since, clearSince: null };
    return state.phase === 'pending' ? state : { phase: 'pending', since };
  }
  if (state.phase !== 'active') return INACTIVE;
  const clearSince = state.clearSince ?? at;
  if (at - clearSince >= delays.offDelayMs) return INACTIVE;
  return state.clearSince === null ? { phase: 'active', since: state.since, clearSince } : state;
}
