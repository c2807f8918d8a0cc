import type { WallMs } from '../lib/clock.js';
import { decodeEntry } from './journal-codec.js';
import type { ExportRequest } from './command-args.js';
import type { Transition } from './life-cycle.js';

/** One transition for people and spreadsheets. */
export interface JournalRow {
  /** ISO 8601, wall time and cast time. */
  readonly time: string;
  readonly castTime: string;
  readonly event: string;
  readonly reason: string;
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly comment: string;
  readonly id: string;
  readonly rule: string;
  readonly strand: string;
  readonly castId: string;
  readonly level: string;
  readonly priority: string;
  readonly value: number | null;
  readonly limit: number | null;
  readonly message: string;
}

const COLUMNS: readonly (keyof JournalRow)[] = [
  ...(['time', 'castTime', 'event', 'reason', 'from', 'to', 'by', 'comment', 'id', 'rule'] as const),
  ...(['strand', 'castId', 'level', 'priority', 'value', 'limit', 'message'] as const),
];

/** The row of a line of the journal, or null when it is none, or none that was asked for. */
export function rowOf(line: string, { from, to, strand }: ExportRequest): JournalRow | null {
  const entry = decodeEntry(line);
  if (entry === null || entry === 'unknown' || entry.kind !== 'transition') return null;
  const { wall } = entry.at;
  if (wall < from || wall > to || (strand !== null && entry.record.strand !== strand)) return null;
  return rowOfTransition(entry);
}

/** `time,castTime,...` and one line per row, quoted as RFC 4180 says. */
export function csvOf(rows: readonly JournalRow[]): string {
  const lines = rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(','));
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}

function rowOfTransition({ event, reason, from, record, by, comment, at }: Transition): JournalRow {
  const { state, id, rule, strand, castId, level, priority, value, limit, message } = record;
  return {
    ...{ time: iso(at.wall), castTime: iso(at.cast), event, reason, from, to: state },
    ...{ by: by ?? '', comment, id, rule, strand, castId, level, priority, value, limit, message },
  };
}

const iso = (ms: number | WallMs): string => new Date(ms).toISOString();

/** A text that begins like a formula is shown as text: spreadsheets would run it. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
