import { BAD, GOOD, UNCERTAIN, type SeriesMark, type TrendSeries } from '../../lib/dashboard.js';
import { numberOrNaN, type CastInfo, type PipelineMessage, type Reading } from '../../lib/messages.js';
import type { QualityBySensor } from '../../lib/quality.js';

/**
 * Readings of one strand at the distance of the chart's points, in rings that are laid out once.
 * Runs for every reading: a copy of the values, and a row of the ring when an interval of cast time has passed.
 */
export class StrandTrends {
  private run = 0;
  private castId: string | null = null;
  private head = 0;
  private count = 0;
  private interval = NaN;
  private latestTime = NaN;
  private latestQuality: QualityBySensor = {};
  private readonly latest: Float64Array;
  private readonly times: Float64Array;
  private readonly elapsed: Float32Array;
  private readonly positions: Float32Array;
  private readonly values: Float32Array;
  private readonly quality: Uint8Array;

  /** @param intervalMs of cast time between two rows; `capacity` rows are kept */
  constructor(
    readonly sensors: readonly string[],
    readonly intervalMs: number,
    readonly capacity: number,
  ) {
    this.latest = new Float64Array(sensors.length).fill(NaN);
    this.times = new Float64Array(capacity);
    this.elapsed = new Float32Array(capacity);
    this.positions = new Float32Array(capacity);
    this.values = new Float32Array(capacity * sensors.length);
    this.quality = new Uint8Array(capacity * sensors.length);
  }

  get timestamp(): number {
    return this.latestTime;
  }

  /** Sensors of the latest reading by class. */
  get counts(): { readonly uncertain: number; readonly bad: number } {
    const classes = Object.values(this.latestQuality);
    const bad = classes.filter((quality) => quality.startsWith('bad')).length;
    return { bad, uncertain: classes.filter((quality) => quality.startsWith('uncertain')).length };
  }

  add({ timestamp, cast, payload, quality = {} }: PipelineMessage<Reading>): void {
    if (cast.castId !== this.castId || timestamp < this.latestTime) this.begin(cast.castId);
    for (let sensor = 0; sensor < this.sensors.length; sensor++)
      this.latest[sensor] = numberOrNaN(payload[this.sensors[sensor]!]);
    this.latestTime = timestamp;
    this.latestQuality = quality;
    const interval = Math.floor(timestamp / this.intervalMs);
    if (interval === this.interval) return;
    this.interval = interval;
    this.addRow(cast);
  }

  /** What a browser that holds the rows up to `mark` lacks, and the latest reading. */
  since(mark: SeriesMark | null): TrendSeries {
    const isWhole = mark?.run !== this.run;
    const rows: number[] = [];
    for (let age = this.count; age > 0; age--) {
      const row = (this.head - age + this.capacity) % this.capacity;
      if (isWhole || this.times[row]! > mark.upTo) rows.push(row);
    }
    const width = this.sensors.length;
    return {
      run: this.run,
      isWhole,
      sensors: this.sensors,
      times: rows.map((row) => this.times[row]!),
      elapsed: rows.map((row) => this.elapsed[row]!),
      positions: rows.map((row) => shortened(this.positions[row]!)),
      values: this.sensors.map((_, sensor) =>
        rows.map((row) => shortened(this.values[row * width + sensor]!)),
      ),
      quality: this.sensors.map((_, sensor) => rows.map((row) => this.quality[row * width + sensor]!)),
      latest: {
        timestamp: this.latestTime,
        values: Array.from(this.latest, shortened),
        quality: this.latestQuality,
      },
    };
  }

  private begin(castId: string): void {
    this.castId = castId;
    this.run++;
    this.head = 0;
    this.count = 0;
    this.interval = NaN;
  }

  private addRow({ elapsed, position }: CastInfo): void {
    const at = this.head * this.sensors.length;
    this.times[this.head] = this.latestTime;
    this.elapsed[this.head] = elapsed;
    this.positions[this.head] = position ?? NaN;
    this.values.set(this.latest, at);
    for (let sensor = 0; sensor < this.sensors.length; sensor++)
      this.quality[at + sensor] = classOf(this.latestQuality[this.sensors[sensor]!]);
    this.head = (this.head + 1) % this.capacity;
    this.count = Math.min(this.count + 1, this.capacity);
  }
}

function classOf(quality: string | undefined): number {
  if (quality === undefined || quality === 'good') return GOOD;
  return quality.startsWith('bad') ? BAD : UNCERTAIN;
}

/** Five digits are finer than any sensor; missing leaves as `null`. */
const shortened = (value: number): number | null =>
  Number.isNaN(value) ? null : Number(value.toPrecision(5));
