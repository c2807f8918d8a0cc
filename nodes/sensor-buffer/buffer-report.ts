import type { Quality } from '../lib/quality.js';
import type { CheckpointCount } from './checkpoints.js';

/** Something about a strand's readings that people should know of. Times are cast time, ms since the epoch. */
export type BufferEvent =
  /** Instants without a reading; `passedOver` of them are not even in the output as missing. */
  | {
      readonly event: 'gap';
      readonly from: number;
      readonly to: number;
      readonly seconds: number;
      readonly passedOver: number;
    }
  /** The strand started afresh: another cast, or a clock that went backwards. */
  | {
      readonly event: 'restart';
      readonly reason: 'new-cast' | 'clock-back';
      readonly from: number;
      readonly to: number;
    };

/** What a strand's buffer has seen since the strand was first heard of. */
export interface StrandReport {
  readonly strand: string;
  readonly castId: string;
  /** Cast time of the last regular reading, ms since the epoch; null before the first. */
  readonly timestamp: number | null;
  readonly received: number;
  readonly sent: number;
  /** Sent without a reading behind them. */
  readonly empty: number;
  readonly late: number;
  readonly duplicate: number;
  readonly future: number;
  readonly gaps: number;
  readonly restarts: number;
  /** Values that were no numbers, by sensor. */
  readonly notNumbers: Readonly<Record<string, number>>;
  readonly unknownSensors: readonly string[];
  /** Readings by sensor and quality; those that never occurred are left out. */
  readonly qualities: Readonly<Record<string, Partial<Record<Quality, number>>>>;
  readonly checkpoints: Readonly<Record<string, CheckpointCount>>;
}
