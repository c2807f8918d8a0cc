import type { CastMs } from './clock.js';

/** What the caster is doing that makes other readings normal; in ordinary casting there is none. */
export const PROCESS_STATES = [
  'start-up',
  'tail-out',
  'ladle-change',
  'speed-change',
  'width-change',
  'level-upset',
  'recovery',
  'sensor-fault',
] as const;

export type ProcessState = (typeof PROCESS_STATES)[number];

/** A state that holds, since when, and what it was told from, for people. */
export interface ActiveState {
  readonly state: ProcessState;
  /** Cast time at which it was recognised. */
  readonly since: CastMs;
  readonly text: string;
}

/** `msg.process`: the states that hold at this instant, in the order of `PROCESS_STATES`; empty in ordinary casting. */
export interface ProcessAssessment {
  readonly states: readonly ActiveState[];
}
