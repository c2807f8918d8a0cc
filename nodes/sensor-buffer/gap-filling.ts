import type { SensorConfig } from '../lib/config/sensors.js';
import { FIRST_BAD, HELD, INTERPOLATED, MISSING } from './quality-codes.js';
import type { RegularRow } from './regular-row.js';

type GapRule = Pick<SensorConfig, 'gap' | 'max_gap'>;

/**
 * Fills what is missing by each sensor's gap policy, and says so in the quality; a gap longer than `max_gap` stays empty
 * from there on. Only missing values are filled: one that was measured and found bad stays bad.
 *
 * - hold: the last good value, at once.
 * - interpolate: a straight line between the good values on both sides. The rows of an open gap wait for the value that
 *   closes it, `max_gap` at most; when none comes in that time they go out empty.
 * - none: nothing.
 */
export class GapFilling {
  /** Oldest first. Rows wait here while a sensor that is interpolated has an open gap. */
  private readonly waiting: RegularRow[] = [];
  private readonly interpolated: readonly number[];
  /** Rows of the open gap, the newest included; 0 while none is open. */
  private readonly openRows: Uint32Array;
  private readonly before: Float64Array;
  private readonly beforeMs: Float64Array;
  private readonly lastGood: Float64Array;
  private readonly lastGoodMs: Float64Array;

  constructor(
    private readonly sensors: readonly GapRule[],
    private readonly release: (row: RegularRow) => void,
  ) {
    const { length } = sensors;
    this.interpolated = sensors.flatMap(({ gap }, sensor) => (gap === 'interpolate' ? [sensor] : []));
    this.openRows = new Uint32Array(length);
    this.before = new Float64Array(length).fill(NaN);
    this.beforeMs = new Float64Array(length).fill(-Infinity);
    this.lastGood = new Float64Array(length).fill(NaN);
    this.lastGoodMs = new Float64Array(length).fill(-Infinity);
  }

  push(row: RegularRow): void {
    this.hold(row);
    if (this.interpolated.length === 0) return this.release(row);
    let waits = 0;
    for (const sensor of this.interpolated) {
      this.interpolate(sensor, row);
      waits = Math.max(waits, this.openRows[sensor]!);
    }
    this.waiting.push(row);
    while (this.waiting.length > waits) this.release(this.waiting.shift()!);
  }

  /** Lets go of the rows that wait, as they are, and forgets the values before. */
  flush(): void {
    while (this.waiting.length > 0) this.release(this.waiting.shift()!);
    this.openRows.fill(0);
    this.before.fill(NaN);
    this.lastGood.fill(NaN);
  }

  private hold({ timeMs, values, qualities }: RegularRow): void {
    for (let sensor = 0; sensor < this.sensors.length; sensor++) {
      if (qualities[sensor]! < FIRST_BAD) {
        this.lastGood[sensor] = values[sensor]!;
        this.lastGoodMs[sensor] = timeMs;
      } else if (qualities[sensor] === MISSING && this.sensors[sensor]!.gap === 'hold') {
        const isShort = timeMs - this.lastGoodMs[sensor]! <= this.sensors[sensor]!.max_gap * 1000;
        if (!isShort || Number.isNaN(this.lastGood[sensor]!)) continue;
        values[sensor] = this.lastGood[sensor]!;
        qualities[sensor] = HELD;
      }
    }
  }

  private interpolate(sensor: number, { timeMs, values, qualities }: RegularRow): void {
    if (qualities[sensor]! < FIRST_BAD) {
      this.closeGap(sensor, values[sensor]!, timeMs);
      return;
    }
    const isTooLong = timeMs - this.beforeMs[sensor]! > this.sensors[sensor]!.max_gap * 1000;
    if (qualities[sensor] !== MISSING || isTooLong || Number.isNaN(this.before[sensor]!)) {
      this.openRows[sensor] = 0;
      this.before[sensor] = NaN;
    } else this.openRows[sensor]!++;
  }

  private closeGap(sensor: number, value: number, timeMs: number): void {
    const from = this.before[sensor]!;
    const slope = (value - from) / (timeMs - this.beforeMs[sensor]!);
    for (let back = this.openRows[sensor]!; back > 0; back--) {
      const row = this.waiting[this.waiting.length - back]!;
      row.values[sensor] = from + slope * (row.timeMs - this.beforeMs[sensor]!);
      row.qualities[sensor] = INTERPOLATED;
    }
    this.openRows[sensor] = 0;
    this.before[sensor] = value;
    this.beforeMs[sensor] = timeMs;
  }
}
