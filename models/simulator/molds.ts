import { thermocouples } from './channels.js';
import { Random } from './random.js';

/** What is particular to one mold and its stand: the same in every cast it makes. */
export interface Mold {
  readonly id: string;
  /** Per thermocouple, upper row first. */
  readonly gain: readonly number[];
  /** °C, per thermocouple. */
  readonly offset: readonly number[];
  /** s, per thermocouple. */
  readonly lag: readonly number[];
  /** Depth of the rows below the meniscus, mm. */
  readonly upperDepth: number;
  readonly lowerDepth: number;
  readonly frictionGain: number;
  /** Pitch of the rolls that bulging follows, m. */
  readonly rollPitch: number;
  readonly stopperGain: number;
  /** l/min */
  readonly waterFlow: number;
  /** mm */
  readonly levelSetpoint: number;
  /** Dead time of the level measurement, s. */
  readonly levelDeadTime: number;
  readonly noise: number;
}

export function moldOf(number: number): Mold {
  const random = new Random(`mold/${number}`);
  const each = (draw: () => number): number[] => thermocouples.map(draw);
  return {
    id: `M${String(number).padStart(2, '0')}`,
    gain: each(() => 1 + 0.06 * random.normal()),
    offset: each(() => 5 * random.normal()),
    lag: each(() => random.uniform(4, 6.5)),
    upperDepth: random.uniform(105, 135),
    lowerDepth: random.uniform(275, 325),
    frictionGain: random.uniform(0.85, 1.2),
    rollPitch: random.uniform(0.23, 0.31),
    stopperGain: random.uniform(0.85, 1.15),
    waterFlow: random.uniform(3700, 4600),
    levelSetpoint: random.uniform(95, 105),
    levelDeadTime: random.integer(1, 2),
    noise: random.uniform(0.85, 1.2),
  };
}
