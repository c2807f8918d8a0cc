import { parse, type Options, type Parser } from 'csv-parse';
import { asError } from '../lib/errors.js';
import type { CsvDialect } from './csv-dialect.js';
import { LineGuard } from './line-guard.js';
import type { CastRow, ReadCounts, RowParser } from './row-parser.js';

/**
 * The rows in the bytes of a CSV file, however they are cut into chunks. Bytes are taken as rows are asked for, a few
 * chunks ahead; leaving the loop ends the input. What can't be used is counted with its reason and passed over.
 * Throws what the input failed with, behind the last whole row that was read.
 */
export async function* csvRows(
  input: AsyncIterable<Buffer>,
  dialect: CsvDialect,
  parser: RowParser,
  counts: ReadCounts,
): AsyncGenerator<CastRow, void, void> {
  const records = parse(csvOptions(dialect));
  const guard = new LineGuard(dialect.lineEnd, (reason, line) => counts.skip(reason, line));
  const feeding = feed(input, records, guard);
  try {
    for await (const record of records as AsyncIterable<string[]>) {
      counts.lines++;
      if (counts.lines === 1) continue;
      const row = parser.parse(record, counts.lines);
      if (row !== null) yield row;
    }
    const failure = await feeding;
    if (failure !== null) throw failure;
  } finally {
    records.destroy();
    await feeding;
  }
}

/** Lines become records one by one, also empty ones, so that their numbers are those of the file. */
export const csvOptions = ({ delimiter, lineEnd }: CsvDialect): Options => ({
  bom: true,
  delimiter,
  record_delimiter: lineEnd === '\r' ? ['\r'] : ['\r\n', '\n'],
  relax_column_count: true,
  relax_quotes: true,
});

/** Never rejects. What was read whole before the input failed is still parsed; the line at which it failed is not. */
async function feed(input: AsyncIterable<Buffer>, records: Parser, guard: LineGuard): Promise<Error | null> {
  try {
    for await (const chunk of input) {
      await write(records, guard.push(chunk));
      if (records.destroyed) return null;
    }
    await write(records, guard.finish());
    records.end();
    return null;
  } catch (err) {
    if (!records.destroyed) records.end();
    return asError(err);
  }
}

/** Waits while the parser's buffers are full. */
async function write(records: Parser, lines: Buffer): Promise<void> {
  if (lines.length === 0 || records.destroyed || records.write(lines)) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      records.off('drain', go).off('close', go);
      resolve();
    };
    records.on('drain', go).on('close', go);
  });
}
