import type { Sequence } from '../lib/messages.js';

/**
 * The latest seconds of some channels, row by row, and the model's input made of them.
 * Memory: 4 bytes times rows times channels, all of it allocated at once.
 */
export class SequenceRing {
  private readonly values: Float32Array;
  private readonly rows: number;
  private pushed = 0;

  /** @param stepSamples samples that one step of the sequence is the mean of */
  constructor(
    private readonly channels: readonly string[],
    private readonly length: number,
    private readonly stepSamples: number,
  ) {
    this.rows = length * stepSamples;
    this.values = new Float32Array(this.rows * channels.length).fill(NaN);
  }

  /** Writes one row; NaN where missing. */
  push(row: Float64Array): void {
    this.values.set(row, (this.pushed % this.rows) * this.channels.length);
    this.pushed++;
  }

  /** A fresh copy, oldest step first, left-padded. 0 with mask 0 where nothing was measured. */
  snapshot(): Sequence {
    const width = this.channels.length;
    const values = new Float32Array(this.length * width);
    const mask = new Uint8Array(this.length * width);
    for (let step = 0; step < this.length; step++)
      for (let channel = 0; channel < width; channel++) {
        const mean = this.meanOf(step, channel);
        if (mean !== mean) continue;
        values[step * width + channel] = mean;
        mask[step * width + channel] = 1;
      }
    return { sensors: this.channels, length: this.length, values, mask };
  }

  private meanOf(step: number, channel: number): number {
    // The oldest row is the one that is written next; rows never written hold NaN.
    const first = this.pushed + step * this.stepSamples;
    const width = this.channels.length;
    if (this.stepSamples === 1) return this.values[(first % this.rows) * width + channel]!;
    let sum = 0;
    let count = 0;
    for (let row = first; row < first + this.stepSamples; row++) {
      const value = this.values[(row % this.rows) * width + channel]!;
      if (value === value) {
        sum += value;
        count++;
      }
    }
    return count === 0 ? NaN : sum / count;
  }
}
