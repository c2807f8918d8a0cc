import type { GradeName } from './grades.js';
import type { EventPlan } from './mechanisms/mechanism.js';
import type { HardNegativePlan } from './hard-negatives.js';
import type { SensorFaultPlan } from './sensor-faults.js';
import type { Conditions, Split } from './splits.js';

/** A ladle change: the tundish lives on what it holds, then gets hotter steel. */
export interface LadleChange {
  /** s */
  readonly time: number;
  /** s without inflow */
  readonly closedFor: number;
  /** m/min that the operator takes off meanwhile */
  readonly slowBy: number;
  /** K that the new ladle is hotter */
  readonly superheatStep: number;
}

/**
 * Everything that was decided about a cast before it ran: what it is, what is done, what will go wrong.
 * The noise is not in it: that follows from `seed` alone, so a plan with one event less has the same noise.
 */
export interface CastPlan {
  readonly seed: string;
  readonly split: Split;
  readonly conditions: Conditions;
  /** s */
  readonly duration: number;
  readonly grade: GradeName;
  /** Number of the mold; `moldOf` tells the rest. */
  readonly mold: number;
  /** m */
  readonly width: number;
  readonly thickness: number;
  /** m/min */
  readonly speedSetpoint: number;
  /** s of start-up ramp */
  readonly rampUp: number;
  /** Steps of the speed set-point: when (s), by how much (m/min). */
  readonly speedSteps: readonly { readonly time: number; readonly by: number }[];
  /** K at the start */
  readonly superheat: number;
  readonly ladles: readonly LadleChange[];
  /** The first new ladle brings a slightly different grade. */
  readonly gradeChange: boolean;
  /** Hidden tendency of this cast to segregate. */
  readonly segregationBias: number;
  readonly events: readonly EventPlan[];
  readonly hardNegatives: readonly HardNegativePlan[];
  readonly sensorFaults: readonly SensorFaultPlan[];
}

/** The counterfactual twin: the same cast, noise and all, had this event not happened. */
export function withoutEvent(plan: CastPlan, id: string): CastPlan {
  return { ...plan, events: plan.events.filter((event) => event.id !== id) };
}

/** The same cast with nothing wrong but its sensors. */
export function calmed(plan: CastPlan): CastPlan {
  return { ...plan, events: [], hardNegatives: [] };
}

/** The same cast with nothing wrong and nothing that looks wrong. */
export function undisturbed(plan: CastPlan): CastPlan {
  return { ...calmed(plan), sensorFaults: [] };
}
