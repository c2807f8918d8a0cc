import type { GradeConfig } from '../../lib/config/process.js';
import type { StrandWatchConfig } from '../../lib/config/schema.js';
import type { StatisticSelection } from '../../lib/config/selection.js';

export type Process = NonNullable<StrandWatchConfig['process']>;

/** A caster feature that is known each second, like a sensor: it gets statistics and can be a channel. */
export interface PhysicsSeries {
  readonly name: string;
  readonly unit: string;
  /** As people write it; `m20(x)` is the mean over 20 s, `usual(x)` the slow mean. */
  readonly formula: string;
  readonly source: string;
  /** Statistics by default. */
  readonly statistics: StatisticSelection;
}

/** One idea of what goes wrong in a caster, as one or more series. */
export interface PhysicsDefinition {
  series(process: Process): readonly PhysicsSeries[];
  /** Sensors it is computed from. */
  needs(process: Process): readonly string[];
  /** State for one strand. */
  create(process: Process, scale: PhysicsScale): PhysicsPart;
}

export interface PhysicsScale {
  /** Place of a sensor among the values. */
  readonly indexOf: (sensor: string) => number;
  /** Samples in so many seconds, at least 1. */
  readonly samples: (seconds: number) => number;
  /** Those of the configuration, in the order of the values. */
  readonly sensors: StrandWatchConfig['sensors'];
  /** Time between two samples, s. */
  readonly sampleS: number;
}

export interface PhysicsPart {
  /** Reads this second's values and writes its series from `at` on; NaN where one can't be computed. */
  update(input: PhysicsInput, out: Float64Array, at: number): void;
}

export interface PhysicsInput {
  /** Sensors and derived sensors of this second. */
  readonly values: Float64Array;
  /** Their usual levels, this second included. */
  readonly usual: Float64Array;
  /** Practice of the grade being cast, or null when it isn't known. */
  readonly grade: GradeConfig | null;
}

/** Below this the strand hardly moves and ratios to the speed explode, m/min. */
export const LEAST_SPEED = 0.2;
