import type { PipelineMessage, Reading } from '../lib/messages.js';
import { SlotRow, type InputFaults } from './slot-row.js';

export interface SlotSettings {
  readonly intervalMs: number;
  readonly latenessMs: number;
  /** Slots of a gap that are still handed on, one by one; the rest of a longer gap is passed over. */
  readonly fillSlots: number;
}

export interface SlotHandler {
  /** The next slot of the regular time base: a row, or null where no reading fell. The row is only lent. */
  onSlot(slot: number, row: SlotRow | null): void;
  /** A gap between two readings has ended: how many slots it had, and how many of them were passed over. */
  onGap(firstSlot: number, slots: number, passedOver: number): void;
}

/** What became of a reading: taken, or `duplicate` of a slot already settled, or `late` by more than allowed. */
export type Outcome = 'taken' | 'duplicate' | 'late';

/**
 * Puts the readings of one strand in the slots of a regular time base (multiples of `intervalMs` since the epoch; the
 * nearest slot counts), and hands the slots on in order, each once.
 *
 * A slot is settled as soon as nothing allowed can change it: at once when every sensor has spoken exactly at its time,
 * else when cast time has gone `latenessMs` past it. So readings in order pass without delay, a gap holds up by the
 * lateness at most, and any order of arrival within the lateness gives the same slots.
 */
export class SlotQueue {
  /** Latest time accepted, ms; NaN before the first reading. */
  latestMs = NaN;
  /** Next slot to hand on; NaN until the lateness has shown which comes first. */
  private next = NaN;
  private lastPresent = NaN;
  /** Ascending by slot; at most as many as fit in the lateness, and one more. */
  private readonly pending: SlotRow[] = [];
  private readonly spare: SlotRow[] = [];

  constructor(
    private readonly sensors: readonly string[],
    private readonly settings: SlotSettings,
    private readonly handler: SlotHandler,
  ) {}

  /** How late a reading of this time would be, ms; negative when it is ahead of all others. */
  latenessOf(timestamp: number): number {
    return this.latestMs - timestamp;
  }

  accept(message: PipelineMessage<Reading>, faults: InputFaults): Outcome {
    const { timestamp } = message;
    const slot = this.slotOf(timestamp);
    if (slot < this.next) return this.latestMs - timestamp > this.settings.latenessMs ? 'late' : 'duplicate';
    if (!(timestamp <= this.latestMs)) this.latestMs = timestamp;
    this.rowOf(slot).add(message, timestamp - slot * this.settings.intervalMs, faults);
    this.drain(this.slotOf(this.latestMs - this.settings.latenessMs));
    return 'taken';
  }

  /** Hands on everything that is held back. */
  flush(): void {
    this.drain(Infinity);
  }

  /** Forgets everything, what is held back included. */
  clear(): void {
    this.latestMs = this.next = this.lastPresent = NaN;
    for (const row of this.pending) row.message = null;
    this.spare.push(...this.pending.splice(0));
  }

  private slotOf(ms: number): number {
    return Math.round(ms / this.settings.intervalMs);
  }

  private rowOf(slot: number): SlotRow {
    let at = this.pending.length;
    while (at > 0 && this.pending[at - 1]!.slot > slot) at--;
    const before = this.pending[at - 1];
    if (before?.slot === slot) return before;
    const row = (this.spare.pop() ?? new SlotRow(this.sensors)).start(slot);
    if (at === this.pending.length) this.pending.push(row);
    else this.pending.splice(at, 0, row);
    return row;
  }

  /** Hands on all slots before `settled`, and those after it that nothing can change any more. */
  private drain(settled: number): void {
    while (this.pending.length > 0) {
      const row = this.pending[0]!;
      const isSettled = row.slot < settled || this.settings.latenessMs === 0;
      if (Number.isNaN(this.next)) {
        if (!isSettled) return;
        this.next = row.slot;
      }
      if (!this.passGap(row.slot, settled)) return;
      if (!isSettled && !row.isComplete) return;
      this.pending.shift();
      this.noteGap(row.slot);
      this.next = row.slot + 1;
      this.lastPresent = row.slot;
      this.handler.onSlot(row.slot, row);
      row.message = null;
      this.spare.push(row);
    }
  }

  /** Hands on the empty slots before `until` that are settled. @returns whether all of them are */
  private passGap(until: number, settled: number): boolean {
    const lastToFill = this.lastPresent + this.settings.fillSlots;
    const end = Math.min(until, this.settings.latenessMs === 0 ? Infinity : settled);
    while (this.next < end && this.next <= lastToFill) this.handler.onSlot(this.next++, null);
    if (this.next < end) this.next = end;
    return this.next >= until;
  }

  private noteGap(slot: number): void {
    const slots = slot - this.lastPresent - 1;
    if (slots > 0)
      this.handler.onGap(this.lastPresent + 1, slots, Math.max(0, slots - this.settings.fillSlots));
  }
}
