import type { Window } from '../lib/messages.js';

/** The regular readings of the last `durationMs` of cast time. All memory is laid out here, once. */
export class SlidingWindow {
  private readonly capacity: number;
  private readonly times: Float64Array;
  private readonly rows: Float32Array;
  private newest = -1;
  private length = 0;

  constructor(
    private readonly sensors: readonly string[],
    private readonly durationMs: number,
    intervalMs: number,
  ) {
    this.capacity = Math.max(1, Math.ceil(durationMs / intervalMs));
    this.times = new Float64Array(this.capacity);
    this.rows = new Float32Array(this.capacity * sensors.length);
  }

  push(timeMs: number, values: Float64Array): void {
    this.newest = (this.newest + 1) % this.capacity;
    this.length = Math.min(this.length + 1, this.capacity);
    this.times[this.newest] = timeMs;
    this.rows.set(values, this.newest * this.sensors.length);
  }

  clear(): void {
    this.newest = -1;
    this.length = 0;
  }

  /** A copy, oldest first, of the readings no older than the window is long. */
  copy(): Window {
    const width = this.sensors.length;
    const since = this.length === 0 ? 0 : this.times[this.newest]! - this.durationMs;
    let { length } = this;
    while (length > 0 && this.times[this.indexOf(length - 1)]! <= since) length--;
    const timestamps = new Float64Array(length);
    const values = new Float32Array(length * width);
    for (let row = 0; row < length; row++) {
      const index = this.indexOf(length - 1 - row);
      timestamps[row] = this.times[index]!;
      values.set(this.rows.subarray(index * width, (index + 1) * width), row * width);
    }
    return { sensors: this.sensors, timestamps, values, length };
  }

  private indexOf(age: number): number {
    return (this.newest - age + this.capacity) % this.capacity;
  }
}
