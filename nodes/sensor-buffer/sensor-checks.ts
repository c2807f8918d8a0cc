import type { DeepReadonly } from '../lib/config/schema.js';
import type { SensorConfig } from '../lib/config/sensors.js';
import { FIRST_BAD, GOOD, MISSING, OUT_OF_RANGE, RATE, SPIKE, STUCK } from './quality-codes.js';

type Limits = DeepReadonly<Pick<SensorConfig, 'range' | 'max_rate' | 'stuck_after' | 'spike_sigma'>>;

const FORGET_AFTER_MS = 60_000;
/** Steps that must have been seen before a jump can be called a spike. */
const SPIKE_WARM_UP = 30;
/** Steps over which the usual step is averaged, exponentially. */
const SPIKE_MEMORY = 120;
/** Jumps in a row after which the new level is taken for real: a spike is over sooner. */
const SPIKE_LASTS = 2;

/**
 * Checks each value against what its sensor can do, and gives it a quality. A value that fails is bad, and becomes NaN.
 *
 * - range: outside the values that can be real.
 * - stuck: the same to the last bit for `stuck_after` s or longer.
 * - rate: away from the last good value faster than `max_rate`; a real step is taken once it would have been possible.
 * - spike: a jump from the last good value by more than `spike_sigma` root-mean-square steps; a level that stays is real.
 *
 * After a minute without a value a sensor's checks start over: what it did before says nothing about it now. O(sensors) per row, nothing allocated.
 */
export class SensorChecks {
  /** Last good value per sensor, NaN before the first, and its time in ms. */
  readonly lastGood: Float64Array;
  readonly lastGoodMs: Float64Array;
  private readonly last: Float64Array;
  private readonly lastMs: Float64Array;
  private readonly changedMs: Float64Array;
  private readonly squaredStep: Float64Array;
  private readonly steps: Uint32Array;
  private readonly jumps: Uint32Array;

  constructor(private readonly sensors: readonly Limits[]) {
    const { length } = sensors;
    this.lastGood = new Float64Array(length).fill(NaN);
    this.lastGoodMs = new Float64Array(length).fill(-Infinity);
    this.last = new Float64Array(length).fill(NaN);
    this.lastMs = new Float64Array(length).fill(-Infinity);
    this.changedMs = new Float64Array(length);
    this.squaredStep = new Float64Array(length);
    this.steps = new Uint32Array(length);
    this.jumps = new Uint32Array(length);
  }

  /** Writes the qualities, and NaN over the values that are bad. `given`: what the source itself said of them. */
  apply(timeMs: number, values: Float64Array, qualities: Uint8Array, given: Uint8Array): void {
    for (let sensor = 0; sensor < this.sensors.length; sensor++) {
      const value = values[sensor]!;
      const said = given[sensor]!;
      if (Number.isNaN(value)) {
        qualities[sensor] = said >= FIRST_BAD ? said : MISSING;
        continue;
      }
      const found = this.check(sensor, value, timeMs);
      qualities[sensor] = found === GOOD ? said : found;
      if (found !== GOOD) values[sensor] = NaN;
    }
  }

  reset(): void {
    for (let sensor = 0; sensor < this.sensors.length; sensor++) this.startOver(sensor);
  }

  private check(sensor: number, value: number, timeMs: number): number {
    const { range, stuck_after, max_rate, spike_sigma } = this.sensors[sensor]!;
    if (timeMs - this.lastMs[sensor]! > FORGET_AFTER_MS) this.startOver(sensor);
    if (value !== this.last[sensor]!) this.changedMs[sensor] = timeMs;
    this.last[sensor] = value;
    this.lastMs[sensor] = timeMs;
    if (value < range[0] || value > range[1]) return OUT_OF_RANGE;
    if (stuck_after !== undefined && timeMs - this.changedMs[sensor]! >= stuck_after * 1000) return STUCK;
    const jump = value - this.lastGood[sensor]!;
    if (max_rate !== undefined && Math.abs(jump) > (max_rate * (timeMs - this.lastGoodMs[sensor]!)) / 1000)
      return RATE;
    if (spike_sigma !== undefined && this.isSpike(sensor, jump, spike_sigma)) return SPIKE;
    this.lastGood[sensor] = value;
    this.lastGoodMs[sensor] = timeMs;
    return GOOD;
  }

  private isSpike(sensor: number, jump: number, sigma: number): boolean {
    if (Number.isNaN(jump)) return false;
    const usual = this.squaredStep[sensor]!;
    const isJump = this.steps[sensor]! >= SPIKE_WARM_UP && usual > 0 && jump * jump > sigma * sigma * usual;
    if (isJump && this.jumps[sensor]! < SPIKE_LASTS) {
      this.jumps[sensor]!++;
      return true;
    }
    this.jumps[sensor] = 0;
    if (isJump) return false;
    const weight = Math.min(++this.steps[sensor]!, SPIKE_MEMORY);
    this.squaredStep[sensor]! += (jump * jump - usual) / weight;
    return false;
  }

  private startOver(sensor: number): void {
    this.lastGood[sensor] = this.last[sensor] = NaN;
    this.lastGoodMs[sensor] = this.lastMs[sensor] = -Infinity;
    this.squaredStep[sensor] = this.steps[sensor] = this.jumps[sensor] = 0;
  }
}
