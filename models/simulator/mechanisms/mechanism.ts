import type { Forcing } from '../forcing.js';
import type { Grade } from '../grades.js';
import type { Mold } from '../molds.js';
import type { Random } from '../random.js';
import type { Conditions } from '../splits.js';
import type { Strand } from '../strand.js';
import type { CoolingCrackPlan } from './cooling-crack.js';
import type { LongCrackPlan } from './long-crack.js';
import type { OscillationPlan } from './oscillation.js';
import type { SegregationPlan } from './segregation.js';
import type { SlagEntrainmentPlan } from './slag-entrainment.js';
import type { StickerPlan } from './sticker.js';

/** In the order of `y_mech`, 1 to 6. */
export const eventTypes = [
  'sticker',
  'long_crack',
  'slag_entrainment',
  'cooling_crack',
  'segregation',
  'oscillation',
] as const;
export type EventType = (typeof eventTypes)[number];

export interface PlannedEvent {
  readonly type: EventType;
  /** Names the event's own random stream. */
  readonly id: string;
  /** s at which the physics departs from normal. */
  readonly onset: number;
  /** Main amplitude, in the mechanism's own unit. */
  readonly amplitude: number;
}

export type EventPlan =
  StickerPlan | LongCrackPlan | SlagEntrainmentPlan | CoolingCrackPlan | SegregationPlan | OscillationPlan;

/** What a mechanism draws besides the onset. */
export type Drawn<Plan extends PlannedEvent> = Omit<Plan, 'id' | 'onset'>;

/** Time that an event wants for itself: `before` and `after` its onset, not before second `earliest` + `before`. */
export interface Slot {
  readonly before: number;
  readonly after: number;
  readonly earliest: number;
}

/** How a sticker's tear went: when it left the mold (the end of the cast if it never did). */
export interface TearCourse {
  readonly complete: number;
  readonly recovered: number;
}

/** The cast as far as it is known when events act on it. */
export interface Scene {
  readonly strand: Strand;
  readonly mold: Mold;
  /** m */
  readonly width: number;
  readonly tears: ReadonlyMap<string, TearCourse>;
}

export interface EventSpan {
  readonly onset: number;
  /** Lead time is counted down to this second. */
  readonly complete: number;
  readonly end: number;
}

/** One way for a cast to go wrong. */
export interface Mechanism<Plan extends PlannedEvent = EventPlan> {
  /** Expected events per 1.5 h, deliberately many. */
  rate(grade: Grade): number;
  /** Median amplitude: severity is told relative to it. */
  readonly typicalAmplitude: number;
  draw(random: Random, conditions: Conditions): Drawn<Plan>;
  slot(drawn: Drawn<Plan>): Slot;
  /** What changes in the practice (speed, superheat), before the strand moves. */
  practice?(event: Plan, forcing: Forcing): void;
  /** What changes in the physics; `random` is the event's own stream. */
  act?(event: Plan, forcing: Forcing, scene: Scene, random: Random): void;
  /** First to last second; null where the state of the strand decides, not the plan. */
  span(event: Plan, scene: Scene): EventSpan | null;
  /** Column of thermocouples concerned, 1 to 4. */
  column?(event: Plan): number;
  /** First second in which the cast can differ from its twin without the event. */
  departure(event: Plan): number;
}
