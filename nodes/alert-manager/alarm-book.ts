import { isOpen, type AlarmRecord } from '../lib/alarm.js';

export interface BookSnapshot {
  /** Oldest first. */
  readonly open: readonly AlarmRecord[];
  readonly past: readonly AlarmRecord[];
}

/**
 * Open alarms kept at once. There is one active per strand and rule at most, so what could pile up are alarms of casts long
 * over that nobody acknowledged.
 */
export const MAX_OPEN = 1000;

/** The alarms: those still open, and the last ones that are over. Bounded both. */
export class AlarmBook {
  private readonly openById = new Map<string, AlarmRecord>();
  private past: AlarmRecord[] = [];

  /** Open alarms. */
  get size(): number {
    return this.openById.size;
  }

  /** Enters a new version of an alarm; one that is over moves to the history, which keeps the newest `keep`. */
  put(record: AlarmRecord, keep: number): void {
    if (isOpen(record)) {
      this.openById.set(record.id, record);
      return;
    }
    this.openById.delete(record.id);
    this.past.push(record);
    if (this.past.length > keep) this.past.splice(0, this.past.length - keep);
  }

  /** Replaces the version of an open alarm. */
  update(record: AlarmRecord): void {
    this.openById.set(record.id, record);
  }

  /** The open alarm with this id. */
  find(id: string): AlarmRecord | null {
    return this.openById.get(id) ?? null;
  }

  /** Whether the alarm is known, open or over. */
  isKnown(id: string): boolean {
    return this.openById.has(id) || this.past.some((record) => record.id === id);
  }

  /** Open alarms of one strand or all, oldest first. */
  open(strand: string | null): readonly AlarmRecord[] {
    const all = [...this.openById.values()];
    return strand === null ? all : all.filter((record) => record.strand === strand);
  }

  /** Open alarms of one rule on one strand, oldest first: the present one, and those of casts before. */
  openOf(strand: string, rule: string): readonly AlarmRecord[] {
    return this.open(strand).filter((record) => record.rule === rule);
  }

  /** Alarms that are over, of one strand or all, newest first. */
  history(strand: string | null, limit: number): readonly AlarmRecord[] {
    const all = this.past.filter((record) => strand === null || record.strand === strand);
    return all.slice(Math.max(0, all.length - limit)).reverse();
  }

  *ids(): Iterable<string> {
    yield* this.openById.keys();
    for (const { id } of this.past) yield id;
  }

  /** The oldest alarms that returned to normal unacknowledged, as many as are too many. */
  surplus(): readonly AlarmRecord[] {
    const excess = this.openById.size - MAX_OPEN;
    if (excess <= 0) return [];
    return [...this.openById.values()].filter(({ state }) => state === 'RTNUN').slice(0, excess);
  }

  snapshot(): BookSnapshot {
    return { open: [...this.openById.values()], past: [...this.past] };
  }

  restore({ open, past }: BookSnapshot): void {
    this.openById.clear();
    for (const record of open) this.openById.set(record.id, record);
    this.past = [...past];
  }
}
