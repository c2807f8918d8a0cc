import { BaselineMeans } from '../lib/statistics/baseline-means.js';

/** Time constant over which a sensor's failings are remembered, s: models look at windows of 10 s to 10 min. */
const MEMORY_S = 60;

/**
 * How much of what the models look at rests on good sensors:
 *
 *     confidence = Σ weight(sensor) · trust(sensor)
 *
 * The weight of a sensor is its share of the models' inputs (`inputWeights`; they sum to 1). Its trust is the exponential mean,
 * over the last minute, of 1 where its value was good, 0.5 where it was uncertain (held, interpolated), 0 where bad or missing.
 * Cost: O(sensors) per reading, nothing allocated.
 */
export class InputConfidence {
  private readonly means: BaselineMeans;

  constructor(
    private readonly weights: Float64Array,
    sampleS: number,
  ) {
    this.means = new BaselineMeans(weights.length, MEMORY_S / sampleS);
  }

  /** @param trust per sensor, 0..1 */
  push(trust: Float64Array): void {
    this.means.push(trust);
  }

  /** 0..1; 1 before the first reading. */
  get value(): number {
    let sum = 0;
    for (let sensor = 0; sensor < this.weights.length; sensor++) {
      const value = this.means.values[sensor]!;
      sum += this.weights[sensor]! * (value === value ? value : 1);
    }
    // Weights are rounded: good sensors must not sum to more than 1, nor to 0.9999.
    return Math.min(1, Math.round(sum * 1e9) / 1e9);
  }
}
