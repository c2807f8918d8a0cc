import type { ProcessState } from '../../lib/process-state.js';

/** What is known of this second. */
export interface Now {
  /** Of every sensor, in the order of the configuration; NaN where missing or bad. */
  readonly values: Float64Array;
  /** `msg.cast.phase`: what the plant's own automation says it is doing, if it does. */
  readonly phase: string | undefined;
}

/** Tells one process state of one strand, second by second, on what was measured up to now. O(1) per second. */
export interface Recogniser {
  readonly state: ProcessState;
  /** To be called once per second. @returns whether the state holds now */
  update(now: Now): boolean;
  /** What it was told from; asked when the state begins, and when `changes` went up. */
  text(): string;
  /** Goes up when the text of a state that goes on should be told anew. */
  readonly changes?: number;
}

/** Value of a sensor that may not be there; NaN when it isn't. */
export const valueOf = ({ values }: Now, sensor: number): number => (sensor < 0 ? NaN : values[sensor]!);
