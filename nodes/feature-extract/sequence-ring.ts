import type { Sequence } from '../lib/messages.js';

/**
 * The latest seconds of some channels, row by row, and the model's input made of them.
 * Memory: 4 bytes times rows times channels, all of it allocated at once.
 */
export class SequenceRing {
  private readonly values: Float32Array;
  private readonly rows: number;
  private readonly sums: Float64Array;
  private readonly counts: Uint32Array;
  private pushed = 0;

  /** @param stepSamples samples that one step of the sequence is the mean of */
  constructor(
    private readonly channels: readonly string[],
    private readonly length: number,
    private readonly stepSamples: number,
  ) {
    this.rows = length * stepSamples;
    this.values = new Float32Array(this.rows * channels.length).fill(NaN);
    this.sums = new Float64Array(channels.length);
    this.counts = new Uint32Array(channels.length);
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
    if (this.stepSamples === 1) this.copyRows(values);
    else this.averageRows(values);
    const mask = new Uint8Array(values.length);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value === value) mask[i] = 1;
      else values[i] = 0;
    }
    return { sensors: this.channels, length: this.length, values, mask };
  }

  /** The row that is written next is the oldest; rows never written hold NaN. */
  private copyRows(into: Float32Array): void {
    const oldest = (this.pushed % this.rows) * this.channels.length;
    into.set(this.values.subarray(oldest));
    into.set(this.values.subarray(0, oldest), this.values.length - oldest);
  }

  /** Row after row, so that memory is read in order; NaN where no row of the step was measured. */
  private averageRows(into: Float32Array): void {
    const { values, sums, counts, stepSamples } = this;
    const width = this.channels.length;
    let at = (this.pushed % this.rows) * width;
    for (let to = 0; to < into.length; to += width) {
      sums.fill(0);
      counts.fill(0);
      for (let row = 0; row < stepSamples; row++) {
        for (let channel = 0; channel < width; channel++, at++) {
          const value = values[at]!;
          if (value !== value) continue;
          sums[channel]! += value;
          counts[channel]!++;
        }
        if (at === values.length) at = 0;
      }
      for (let channel = 0; channel < width; channel++)
        into[to + channel] = sums[channel]! / counts[channel]!;
    }
  }
}
