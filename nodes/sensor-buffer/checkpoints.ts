import type { DeepReadonly } from '../lib/config/schema.js';
import type { CheckpointConfig } from '../lib/config/streaming.js';
import { FIRST_BAD, GOOD } from './quality-codes.js';

/** How often a checkpoint was passed and failed. */
export interface CheckpointCount {
  readonly passed: number;
  readonly failed: number;
}

type Check = (values: Float64Array, qualities: Uint8Array) => boolean;
type Config = DeepReadonly<CheckpointConfig>;

/** The named quality checks of a strand's regular readings. They count, and change nothing. */
export class Checkpoints {
  private readonly names: readonly string[];
  private readonly checks: readonly Check[];
  private readonly passed: Float64Array;
  private readonly failed: Float64Array;

  constructor(configs: readonly Config[], sensors: readonly string[]) {
    this.names = configs.map(({ name }) => name);
    this.checks = configs.map((config) => checkOf(config, sensors));
    this.passed = new Float64Array(configs.length);
    this.failed = new Float64Array(configs.length);
  }

  /** @returns whether the row passed all of them */
  count(values: Float64Array, qualities: Uint8Array): boolean {
    let all = true;
    for (let index = 0; index < this.checks.length; index++) {
      if (this.checks[index]!(values, qualities)) this.passed[index]!++;
      else {
        this.failed[index]!++;
        all = false;
      }
    }
    return all;
  }

  report(): Record<string, CheckpointCount> {
    return Object.fromEntries(
      this.names.map((name, index) => [name, { passed: this.passed[index]!, failed: this.failed[index]! }]),
    );
  }
}

function checkOf(config: Config, sensors: readonly string[]): Check {
  switch (config.check) {
    case 'present':
      return (values) => {
        for (let sensor = 0; sensor < values.length; sensor++) if (Number.isNaN(values[sensor])) return false;
        return true;
      };
    case 'fraction-good':
      return (_values, qualities) => {
        let good = 0;
        for (let sensor = 0; sensor < qualities.length; sensor++) if (qualities[sensor] === GOOD) good++;
        return good >= config.at_least * qualities.length;
      };
    case 'plausible': {
      const when = boundsOf(config.when, sensors);
      const expect = boundsOf(config.expect, sensors);
      // A sensor that is bad can't speak for or against a combination.
      return (values, qualities) =>
        !when.every((bound) => isWithin(bound, values, qualities, false)) ||
        expect.every((bound) => isWithin(bound, values, qualities, true));
    }
  }
}

interface Bound {
  readonly sensor: number;
  readonly low: number;
  readonly high: number;
}

const boundsOf = (
  limits: Readonly<Record<string, readonly [number, number]>>,
  sensors: readonly string[],
): Bound[] =>
  Object.entries(limits).map(([name, [low, high]]) => ({ sensor: sensors.indexOf(name), low, high }));

function isWithin(
  { sensor, low, high }: Bound,
  values: Float64Array,
  qualities: Uint8Array,
  ifBad: boolean,
): boolean {
  if (sensor < 0 || qualities[sensor]! >= FIRST_BAD) return ifBad;
  return values[sensor]! >= low && values[sensor]! <= high;
}
