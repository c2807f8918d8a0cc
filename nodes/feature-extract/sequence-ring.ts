import type { Sequence } from '../lib/messages.js';

/**
 * The latest seconds of some channels, and the model's input made of them.
 * Each row is stored as the mean of the step that ends with it: a sequence is then every so many-th row, copied.
 * Cost per sample: channels times the samples of a step. Memory: 4 bytes times rows times channels, all of it allocated at once.
 */
export class SequenceRing {
  private readonly steps: Float32Array;
  private readonly rows: number;
  /** The samples of the step at hand. */
  private readonly samples: Float32Array;
  private pushed = 0;

  /** @param stepSamples samples that one step of the sequence is the mean of */
  constructor(
    private readonly channels: readonly string[],
    private readonly length: number,
    private readonly stepSamples: number,
  ) {
    this.rows = length * stepSamples;
    this.steps = new Float32Array(this.rows * channels.length).fill(NaN);
    this.samples = new Float32Array(stepSamples * channels.length).fill(NaN);
  }

  /** Takes in one row; NaN where missing. */
  push(row: Float64Array): void {
    const { steps, samples, stepSamples } = this;
    const width = this.channels.length;
    const to = (this.pushed % this.rows) * width;
    const newest = this.pushed % stepSamples;
    samples.set(row, newest * width);
    this.pushed++;
    for (let channel = 0; channel < width; channel++) {
      let sum = 0;
      let count = 0;
      // From the oldest on: the order of a sum is part of the result.
      for (let back = stepSamples - 1; back >= 0; back--) {
        const place = newest >= back ? newest - back : newest - back + stepSamples;
        const value = samples[place * width + channel]!;
        if (value !== value) continue;
        sum += value;
        count++;
      }
      steps[to + channel] = sum / count;
    }
  }

  /** A fresh copy, oldest step first, left-padded. 0 with mask 0 where nothing was measured. */
  snapshot(): Sequence {
    const { steps, rows, stepSamples } = this;
    const width = this.channels.length;
    const values = new Float32Array(this.length * width);
    const mask = new Uint8Array(values.length);
    // The row that is written next is the oldest, the first of the oldest step; rows never written hold NaN.
    let row = (this.pushed + stepSamples - 1) % rows;
    for (let to = 0; to < values.length; to += width) {
      const from = row * width;
      for (let channel = 0; channel < width; channel++) {
        const value = steps[from + channel]!;
        if (value !== value) continue;
        values[to + channel] = value;
        mask[to + channel] = 1;
      }
      row += stepSamples;
      if (row >= rows) row -= rows;
    }
    return { sensors: this.channels, length: this.length, values, mask };
  }
}
