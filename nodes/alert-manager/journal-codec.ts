import { isOpen, type AlarmRecord } from '../lib/alarm.js';
import { sealedLine, unsealedLine } from '../lib/checked-line.js';
import { upgraded } from './journal-format-1.js';
import type { Transition } from './life-cycle.js';
import type { DeskSnapshot } from './restore.js';
import { isIdle, type WatchState } from './watch.js';

/** Format of the lines. Those of format 1 are read too; those of another one are kept in the file and passed over. */
const FORMAT = 2;

export type JournalEntry =
  | ({ readonly kind: 'transition' } & Transition)
  /** Delays of a rule on a strand that began or ended. */
  | ({ readonly kind: 'watch' } & WatchState)
  /** Everything known at one moment; what was written before it no longer counts. */
  | ({ readonly kind: 'snapshot' } & DeskSnapshot);

/** What a journal holds. `goodBytes`: length up to the last line that is whole; `damaged`: lines before it that are not. */
export interface JournalContent extends DeskSnapshot {
  readonly goodBytes: number;
  readonly damaged: number;
}

export const encodeEntry = (entry: JournalEntry): string => sealedLine(FORMAT, entry);

/** The entry in a line without its line feed; null when the line is not whole, 'unknown' when of another format. */
export function decodeEntry(line: string): JournalEntry | 'unknown' | null {
  const fields = unsealedLine(line);
  if (fields === null) return null;
  const { format, ...rest } = fields;
  const entry = rest as unknown as JournalEntry;
  if (format === FORMAT) return entry;
  return format === 1 ? upgraded(entry) : 'unknown';
}

/**
 * Plays a journal back: the last version of each alarm, those still open apart from those over, of which the newest
 * `keep` are kept. A torn line at the end ends it; a damaged one in between is counted and passed over.
 */
export function readJournal(bytes: Buffer, keep: number): JournalContent {
  let open = new Map<string, AlarmRecord>();
  let past = new Map<string, AlarmRecord>();
  let watches = new Map<string, WatchState>();
  let goodBytes = 0;
  let damaged = 0;
  let suspect = 0;
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end === -1) break;
    const entry = decodeEntry(bytes.toString('utf8', start, end));
    start = end + 1;
    if (entry === null) {
      suspect++;
      continue;
    }
    damaged += suspect;
    suspect = 0;
    goodBytes = start;
    if (entry === 'unknown') continue;
    if (entry.kind === 'snapshot') {
      open = byId(entry.open);
      past = byId(entry.past);
      watches = new Map(entry.watches.map((watch) => [keyOf(watch), watch]));
    } else if (entry.kind === 'watch') remember(entry);
    else enter(entry.record);
  }
  const newest = [...past.values()].slice(Math.max(0, past.size - keep));
  return { open: [...open.values()], past: newest, watches: [...watches.values()], goodBytes, damaged };

  function remember({ strand, rule, castId, condition, suppressedBy, at }: WatchState): void {
    const watch = { strand, rule, castId, condition, suppressedBy, at };
    if (isIdle(watch)) watches.delete(keyOf(watch));
    else watches.set(keyOf(watch), watch);
  }

  function enter(record: AlarmRecord): void {
    if (isOpen(record)) {
      open.set(record.id, record);
      return;
    }
    open.delete(record.id);
    past.set(record.id, record);
    if (past.size > 2 * keep) past = new Map([...past].slice(past.size - keep));
  }
}

const keyOf = ({ strand, rule }: WatchState): string => JSON.stringify([strand, rule]);

const LINE_FEED = 0x0a;

const byId = (records: readonly AlarmRecord[]): Map<string, AlarmRecord> =>
  new Map(records.map((record) => [record.id, record]));
