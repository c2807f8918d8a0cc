import { isOpen, type AlarmRecord } from '../../lib/alarm.js';
import type { AlarmsContent } from '../../lib/dashboard.js';

/** Those that are over and still shown. */
const OVER_SHOWN = 50;
const OPEN_SHOWN = 1000;

/** The alarms as alert-manager told them: by event, and whole in its answer to `get-alarms`. */
export class AlarmList {
  private readonly open = new Map<string, AlarmRecord>();
  private over: readonly AlarmRecord[] = [];

  put(record: AlarmRecord): void {
    this.over = this.over.filter(({ id }) => id !== record.id);
    this.open.delete(record.id);
    if (isOpen(record)) this.open.set(record.id, record);
    else this.over = [record, ...this.over].slice(0, OVER_SHOWN);
    for (const oldest of [...this.open.keys()].slice(0, Math.max(0, this.open.size - OPEN_SHOWN)))
      this.open.delete(oldest);
  }

  /** The answer to `get-alarms`: these are open on the strand (null = all), and no others. */
  replace(records: readonly AlarmRecord[], strand: string | null): void {
    for (const record of [...this.open.values()])
      if (strand === null || record.strand === strand) this.open.delete(record.id);
    // Told newest first, kept oldest first.
    for (const record of records.toReversed()) this.put(record);
  }

  content(): AlarmsContent {
    return { open: [...this.open.values()].reverse(), over: this.over };
  }
}

/** Alarm messages and answers come from the flow: only what has an id, a strand and a state is one. */
export function isAlarmRecord(value: unknown): value is AlarmRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { id, strand, state } = value as Record<string, unknown>;
  return typeof id === 'string' && typeof strand === 'string' && typeof state === 'string';
}
