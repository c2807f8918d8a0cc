import type { CastMs } from '../lib/clock.js';

/** Samples kept at most: between two instants of inference there are seldom more. */
const ROOM = 32;

/** One sample of a strand as it came. The arrays are used again for the next one. */
export interface Sample {
  /** Per sensor; NaN where missing. */
  readonly values: Float64Array;
  /** Per sensor: 1 good, 0.5 uncertain, 0 bad or missing. */
  readonly trust: Float64Array;
  timestamp: CastMs;
  /** `msg.cast.phase`. */
  phase: string | undefined;
  /** Samples that are missing between the one before and this one. */
  missing: number;
}

export const blankSample = (sensors: number): Sample => ({
  values: new Float64Array(sensors),
  trust: new Float64Array(sensors),
  timestamp: 0 as CastMs,
  phase: undefined,
  missing: 0,
});

/**
 * Samples that nobody has asked about yet, in the order in which they came.
 *
 * What is computed of a strand fills half a megabyte. Strands speak by turns, so each finds that the others have driven its memory
 * out of the processor's cache; worked off together, a strand's samples fetch it once instead of each time.
 * Memory: 16 bytes per sensor for each of 32 samples.
 */
export class PendingSamples {
  private readonly values: Float64Array;
  private readonly trust: Float64Array;
  private readonly timestamps: Float64Array;
  private readonly missing: Float64Array;
  private readonly phases: (string | undefined)[];
  private count = 0;

  constructor(private readonly sensors: number) {
    this.values = new Float64Array(ROOM * sensors);
    this.trust = new Float64Array(ROOM * sensors);
    this.timestamps = new Float64Array(ROOM);
    this.missing = new Float64Array(ROOM);
    this.phases = new Array<string | undefined>(ROOM).fill(undefined);
  }

  get isFull(): boolean {
    return this.count === ROOM;
  }

  /** Keeps a copy. Not to be called when full. */
  add({ values, trust, timestamp, phase, missing }: Sample): void {
    const at = this.count++;
    this.values.set(values, at * this.sensors);
    this.trust.set(trust, at * this.sensors);
    this.timestamps[at] = timestamp;
    this.missing[at] = missing;
    this.phases[at] = phase;
  }

  /** Hands on every sample, in `sample`, and forgets them. */
  workOff(sample: Sample, take: (sample: Sample) => void): void {
    const { sensors, values, trust } = this;
    for (let at = 0; at < this.count; at++) {
      for (let sensor = 0, from = at * sensors; sensor < sensors; sensor++, from++) {
        sample.values[sensor] = values[from]!;
        sample.trust[sensor] = trust[from]!;
      }
      sample.timestamp = this.timestamps[at] as CastMs;
      sample.missing = this.missing[at]!;
      sample.phase = this.phases[at];
      take(sample);
    }
    this.count = 0;
  }
}
