import { castMs, type CastMs } from '../lib/clock.js';
import type { Reading } from '../lib/messages.js';
import type { CastColumns } from './cast-columns.js';
import type { BadLine } from './line-guard.js';
import { numberIn } from './number-cell.js';
import type { ParseTime } from './time-column.js';

/** One row of a cast. */
export interface CastRow {
  readonly timestamp: CastMs;
  /** s since the first row of the cast. */
  readonly elapsed: number;
  /** m of strand cast; undefined when the file doesn't tell. */
  readonly position: number | undefined;
  readonly reading: Reading;
}

export type SkipReason = BadLine | 'too-few-columns' | 'too-many-columns' | 'no-time';

/** What reading a cast came across. */
export interface ReadReport {
  readonly rows: number;
  readonly skipped: number;
  /** Rows skipped by reason, and the first line of the file it happened on. */
  readonly reasons: Partial<Record<SkipReason, { readonly rows: number; readonly firstLine: number }>>;
  /** Cells that hold something other than a number; they are missing in the readings. */
  readonly unreadableCells: number;
}

/** Counts what was read and what was skipped, and why. */
export class ReadCounts {
  /** Lines of the file that have been parsed, the header among them. */
  lines = 0;
  rows = 0;
  unreadableCells = 0;
  private readonly byReason = new Map<SkipReason, { rows: number; firstLine: number }>();

  skip(reason: SkipReason, line: number): void {
    const entry = this.byReason.get(reason);
    if (entry === undefined) this.byReason.set(reason, { rows: 1, firstLine: line });
    else {
      entry.rows++;
      entry.firstLine = Math.min(entry.firstLine, line);
    }
  }

  report(): ReadReport {
    let skipped = 0;
    const reasons: Record<string, { rows: number; firstLine: number }> = {};
    for (const [reason, entry] of this.byReason) {
      reasons[reason] = { ...entry };
      skipped += entry.rows;
    }
    return { rows: this.rows, skipped, reasons, unreadableCells: this.unreadableCells };
  }
}

export interface RowFormat {
  readonly columns: CastColumns;
  readonly sensors: readonly string[];
  readonly decimal: '.' | ',';
  readonly parseTime: ParseTime;
  /** ms since the epoch at which relative times start; 0 when the times are absolute. */
  readonly startMs: number;
}

/** Turns records of the CSV parser into rows; those it can't, it counts with the reason. */
export class RowParser {
  /** Time of the first row, from which `elapsed` counts. */
  private origin = NaN;

  constructor(
    private readonly format: RowFormat,
    private readonly counts: ReadCounts,
  ) {}

  /** @returns null for a record that was skipped */
  parse(record: readonly string[], line: number): CastRow | null {
    const { columns, parseTime, startMs, decimal } = this.format;
    if (record.length !== columns.count) {
      // An empty line, and what the line guard took out and counted itself.
      if (record.length > 1 || record[0] !== '')
        this.counts.skip(record.length < columns.count ? 'too-few-columns' : 'too-many-columns', line);
      return null;
    }
    const timestamp = parseTime(record[columns.time]!) + startMs;
    if (Number.isNaN(timestamp)) {
      this.counts.skip('no-time', line);
      return null;
    }
    this.counts.rows++;
    if (Number.isNaN(this.origin)) this.origin = timestamp;
    const position = columns.position < 0 ? NaN : numberIn(record[columns.position]!, decimal);
    return {
      timestamp: castMs(timestamp),
      elapsed: (timestamp - this.origin) / 1000,
      position: Number.isNaN(position) ? undefined : position,
      reading: this.readingOf(record),
    };
  }

  private readingOf(record: readonly string[]): Reading {
    const { columns, sensors, decimal } = this.format;
    const reading: Reading = {};
    for (let sensor = 0; sensor < sensors.length; sensor++) {
      const column = columns.sensors[sensor]!;
      const cell = column < 0 ? '' : record[column]!;
      const value = cell === '' ? NaN : numberIn(cell, decimal);
      if (Number.isNaN(value) && cell.trim() !== '') this.counts.unreadableCells++;
      reading[sensors[sensor]!] = Number.isNaN(value) ? null : value;
    }
    return reading;
  }
}
