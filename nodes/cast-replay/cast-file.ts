import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse as parseNow } from 'csv-parse/sync';
import type { SensorConfig } from '../lib/config/sensors.js';
import type { CsvConfig } from '../lib/config/streaming.js';
import { asError, CastError, shown } from '../lib/errors.js';
import { castColumns } from './cast-columns.js';
import { dialectOf, type CsvDialect } from './csv-dialect.js';
import { csvOptions, csvRows } from './csv-rows.js';
import { LineGuard } from './line-guard.js';
import { ReadCounts, RowParser, type CastRow, type RowFormat } from './row-parser.js';
import { timeFormatOf, timeParser } from './time-column.js';

export interface CastFileOptions {
  readonly sensors: readonly Pick<SensorConfig, 'name' | 'column'>[];
  readonly csv: CsvConfig;
  /** Start of the cast, ms since the epoch; added to times that are relative. */
  readonly startMs?: number;
}

/** A recorded cast, recognised and ready to be read, as often as wanted. */
export interface CastFile {
  readonly path: string;
  /** Configured sensors that the file doesn't have; they are `null` in every reading. */
  readonly missingSensors: readonly string[];
  /** s from the first row to the last; null when the end of the file can't be read. */
  readonly duration: number | null;
  /**
   * The rows in the file's order, read as they are asked for: memory stays flat whatever the file.
   * Leaving the loop closes the file. @throws CastError when the file can't be read any further
   */
  rows(counts?: ReadCounts): AsyncGenerator<CastRow, void, void>;
}

const HEAD_BYTES = 64 * 1024;
const TAIL_BYTES = 64 * 1024;
const CHUNK_BYTES = 64 * 1024;

/**
 * Looks at both ends of a CSV file and recognises what the settings leave open.
 * @throws CastError when it is missing, empty, binary, or lacks the columns
 */
export async function openCast(path: string, options: CastFileOptions): Promise<CastFile> {
  const file = basename(path);
  const { head, tail, size } = await bothEnds(path);
  if (head.length === 0)
    throw new CastError('CAST_INVALID', `${path}: expected a CSV file, got an empty one.`);
  if (head.includes(0)) {
    throw new CastError(
      'CAST_INVALID',
      `${path}: expected a CSV file, got binary data or UTF-16. Save it as CSV in UTF-8.`,
    );
  }
  const dialect = dialectOf(head.toString('utf8').replace(/^\uFEFF/, ''), options.csv);
  const [header = [], ...records] = recordsIn(head, dialect);
  const columns = castColumns(header, options.sensors, options.csv, file);
  const format = rowFormat(records, columns, dialect, options);
  if (format === null) {
    throw new CastError(
      'CAST_INVALID',
      `${path}: expected rows with a time in column ${shown(header[columns.time])}, got none in its first ${HEAD_BYTES / 1024} KB. Set streaming.csv.time_format.`,
    );
  }
  return {
    path,
    missingSensors: columns.missing,
    duration: durationOf(records, recordsIn(tail, dialect), format),
    rows: (counts = new ReadCounts()) => readRows(path, size, dialect, new RowParser(format, counts), counts),
  };
}

function rowFormat(
  records: readonly string[][],
  columns: RowFormat['columns'],
  { decimal }: CsvDialect,
  { sensors, csv, startMs = 0 }: CastFileOptions,
): RowFormat | null {
  for (const record of records) {
    if (record.length !== columns.count) continue;
    const cell = record[columns.time]!;
    const format = csv.time_format === 'auto' ? timeFormatOf(cell, decimal) : csv.time_format;
    if (format === null) continue;
    const parseTime = timeParser(format, decimal, csv.time_zone);
    if (Number.isNaN(parseTime(cell))) continue;
    return {
      columns,
      sensors: sensors.map(({ name }) => name),
      decimal,
      parseTime,
      startMs: format === 'seconds' ? startMs : 0,
    };
  }
  return null;
}

function durationOf(
  first: readonly string[][],
  last: readonly string[][],
  { columns, parseTime }: RowFormat,
): number | null {
  const timeOf = (record: string[]): number =>
    record.length === columns.count ? parseTime(record[columns.time]!) : NaN;
  const from = first.map(timeOf).find((time) => !Number.isNaN(time));
  const to = last.map(timeOf).findLast((time) => !Number.isNaN(time));
  return from === undefined || to === undefined || to < from ? null : (to - from) / 1000;
}

async function* readRows(
  path: string,
  size: number,
  dialect: CsvDialect,
  parser: RowParser,
  counts: ReadCounts,
): AsyncGenerator<CastRow, void, void> {
  try {
    yield* csvRows(bytesOf(path, size), dialect, parser, counts);
  } catch (cause) {
    throw new CastError(
      'CAST_UNREADABLE',
      `${path}: reading stopped after line ${counts.lines}: ${asError(cause).message}`,
      { cause },
    );
  }
}

/** The bytes of a file. @throws when it ends before the size that it had: the last line may be cut in the middle of a number */
async function* bytesOf(path: string, size: number): AsyncGenerator<Buffer, void, void> {
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  yield* stream as AsyncIterable<Buffer>;
  if (stream.bytesRead < size)
    throw new Error(
      `the file was truncated while it was replayed: it had ${size} bytes, now it ends after ${stream.bytesRead}. Load it again once it is whole.`,
    );
}

/** The records in one end of a file; a line that is cut is left out of the head, and is ragged in the tail. */
function recordsIn(bytes: Buffer, dialect: CsvDialect): string[][] {
  const guard = new LineGuard(dialect.lineEnd, () => undefined);
  const lines = guard.push(bytes);
  const whole = bytes.length < HEAD_BYTES ? Buffer.concat([lines, guard.finish()]) : lines;
  return parseNow(whole, csvOptions(dialect));
}

async function bothEnds(path: string): Promise<{ head: Buffer; tail: Buffer; size: number }> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    const { size } = await handle.stat();
    const part = async (from: number, length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await handle!.read(Buffer.alloc(length), 0, length, from);
      return buffer.subarray(0, bytesRead);
    };
    return {
      size,
      head: await part(0, Math.min(size, HEAD_BYTES)),
      tail: await part(Math.max(0, size - TAIL_BYTES), Math.min(size, TAIL_BYTES)),
    };
  } catch (cause) {
    throw new CastError('CAST_UNREADABLE', `${path}: can't be read (${asError(cause).message}).`, { cause });
  } finally {
    await handle?.close();
  }
}
