import { monoMs } from '../lib/clock.js';
import type { CastInfo, PipelineMessage, Reading, Window } from '../lib/messages.js';
import type { BufferEvent, StrandReport } from './buffer-report.js';
import type { BufferSettings } from './buffer-settings.js';
import { CastTracker } from './cast-tracker.js';
import { Checkpoints } from './checkpoints.js';
import { ClockJumps, DOUBT_MS, type Settled } from './clock-jumps.js';
import { GapFilling } from './gap-filling.js';
import { GOOD } from './quality-codes.js';
import { QualityCounts } from './quality-counts.js';
import { messageOf, regularMessage } from './regular-message.js';
import { RegularRow } from './regular-row.js';
import { SensorChecks } from './sensor-checks.js';
import { SlidingWindow } from './sliding-window.js';
import { SlotQueue } from './slot-queue.js';
import type { InputFaults, SlotRow } from './slot-row.js';

type Message = PipelineMessage<Reading>;

/** Where regular readings and events go. */
export interface BufferOutput {
  reading(message: Message): void;
  /** Every `windowIntervalMs`: the window as it is after this reading. */
  window?(message: Message, window: Window): void;
  event?(strand: string, event: BufferEvent): void;
}

const ALL_GOOD = new Uint8Array(512).fill(GOOD);

/** The buffer of one strand: puts readings in order, checks them, fills gaps, and keeps the window. */
export class StrandBuffer {
  readonly window: SlidingWindow;
  private readonly names: readonly string[];
  private readonly queue: SlotQueue;
  private readonly jumps: ClockJumps;
  private readonly checks: SensorChecks;
  private readonly gaps: GapFilling;
  private readonly checkpoints: Checkpoints;
  private readonly qualities: QualityCounts;
  private readonly faults: InputFaults = { notNumbers: new Map(), unknownSensors: new Set() };
  private readonly spare: RegularRow[] = [];
  private readonly counts = {
    received: 0,
    sent: 0,
    empty: 0,
    late: 0,
    duplicate: 0,
    future: 0,
    gaps: 0,
    restarts: 0,
  };
  private castId: string | null = null;
  private castBefore = { castId: '', latestMs: NaN };
  private readonly cast: CastTracker;
  /** The row sent last; it goes back to the spare ones when the next is sent. */
  private last: RegularRow | null = null;
  private lastCast: CastInfo | null = null;
  private windowPeriod: number | null = null;
  /** Whether the last regular reading passed all checkpoints. */
  isPassing = true;
  /** Only while a call is being served. */
  private output: BufferOutput | null = null;
  private entry = monoMs(0);

  constructor(
    private readonly strand: string,
    private readonly settings: BufferSettings,
  ) {
    const { sensors, intervalMs, latenessMs, durationMs } = settings;
    this.names = sensors.map(({ name }) => name);
    this.cast = new CastTracker(strand);
    this.jumps = new ClockJumps(latenessMs);
    this.checks = new SensorChecks(sensors);
    this.gaps = new GapFilling(sensors, (row) => this.send(row));
    this.window = new SlidingWindow(this.names, durationMs, intervalMs);
    this.checkpoints = new Checkpoints(settings.checkpoints, this.names);
    this.qualities = new QualityCounts(this.names);
    const longestFill = Math.max(DOUBT_MS, ...sensors.map(({ max_gap }) => max_gap * 1000));
    this.queue = new SlotQueue(
      this.names,
      { intervalMs, latenessMs, fillSlots: Math.ceil(longestFill / intervalMs) },
      {
        onSlot: (slot, row) => this.takeSlot(slot, row),
        onGap: (from, slots, over) => this.tellGap(from, slots, over),
      },
    );
  }

  accept(message: Message, output: BufferOutput): void {
    this.output = output;
    this.entry = message.timings.entry;
    this.counts.received++;
    if (this.isCurrentCast(message)) {
      const { timestamp } = message;
      const isLate = this.queue.latenessOf(timestamp) > this.settings.latenessMs;
      if (isLate || this.jumps.isTooFarAhead(timestamp, this.queue.latestMs)) this.doubt(message);
      else {
        this.enqueue(message);
        this.settle(this.jumps.giveUp(this.queue.latestMs));
      }
    } else this.counts.late++;
    this.output = null;
  }

  /** Sends everything that is held back. */
  flush(output: BufferOutput): void {
    this.output = output;
    this.release();
    this.output = null;
  }

  /** The last regular reading sent, as a message of its own; null before the first. */
  latest(): Message | null {
    return this.last === null ? null : messageOf(this.last, this.lastCast!, this.entry, this.names);
  }

  report(): StrandReport {
    return {
      strand: this.strand,
      castId: this.castId ?? '',
      timestamp: this.last?.timeMs ?? null,
      ...this.counts,
      notNumbers: Object.fromEntries(this.faults.notNumbers),
      unknownSensors: [...this.faults.unknownSensors],
      qualities: this.qualities.report(),
      checkpoints: this.checkpoints.report(),
    };
  }

  /** Starts afresh when another cast begins. @returns false for a straggler of the cast before */
  private isCurrentCast({ cast, timestamp }: Message): boolean {
    const { castId } = cast;
    if (castId === this.castId) return true;
    const { castBefore, settings } = this;
    if (castId === castBefore.castId && Math.abs(castBefore.latestMs - timestamp) <= settings.latenessMs)
      return false;
    if (this.castId !== null) {
      this.castBefore = { castId: this.castId, latestMs: this.queue.latestMs };
      this.restart('new-cast', timestamp);
    }
    this.castId = castId;
    return true;
  }

  private doubt(message: Message): void {
    const settled = this.jumps.doubt(message, this.queue.latestMs);
    const first = settled.believed[0];
    if (first !== undefined && first.timestamp < this.queue.latestMs)
      this.restart('clock-back', first.timestamp);
    this.settle(settled);
  }

  private settle({ believed, late, future }: Settled): void {
    this.counts.late += late;
    this.counts.future += future;
    for (const reading of believed) this.enqueue(reading);
  }

  private enqueue(message: Message): void {
    const outcome = this.queue.accept(message, this.faults);
    if (outcome !== 'taken') this.counts[outcome]++;
  }

  private restart(reason: 'new-cast' | 'clock-back', toMs: number): void {
    const from = this.queue.latestMs;
    this.release();
    this.settle(this.jumps.giveUp(-Infinity));
    this.queue.clear();
    this.checks.reset();
    this.window.clear();
    this.cast.restart();
    this.counts.restarts++;
    this.output?.event?.(this.strand, { event: 'restart', reason, from, to: toMs });
  }

  private release(): void {
    this.queue.flush();
    this.gaps.flush();
  }

  private takeSlot(slot: number, source: SlotRow | null): void {
    const row = this.spare.pop() ?? new RegularRow(this.names.length);
    row.timeMs = slot * this.settings.intervalMs;
    row.message = source?.message ?? null;
    if (source === null) row.values.fill(NaN);
    else row.values.set(source.values);
    this.checks.apply(row.timeMs, row.values, row.qualities, source?.given ?? ALL_GOOD);
    this.gaps.push(row);
  }

  private tellGap(firstSlot: number, slots: number, passedOver: number): void {
    const { intervalMs } = this.settings;
    this.counts.gaps++;
    this.output?.event?.(this.strand, {
      event: 'gap',
      from: firstSlot * intervalMs,
      to: (firstSlot + slots - 1) * intervalMs,
      seconds: (slots * intervalMs) / 1000,
      passedOver,
    });
  }

  private send(row: RegularRow): void {
    if (row.message === null) this.counts.empty++;
    else this.cast.note(row.message);
    const message =
      row.message === null
        ? messageOf(row, this.cast.at(row.timeMs), this.entry, this.names)
        : regularMessage(row.message, row, this.names);
    this.window.push(row.timeMs, row.values);
    this.isPassing = this.checkpoints.count(row.values, row.qualities);
    this.qualities.add(row.qualities);
    this.counts.sent++;
    this.keepAsLast(row, message.cast);
    this.output!.reading(message);
    this.sendWindow(message);
  }

  private keepAsLast(row: RegularRow, cast: CastInfo): void {
    row.message = null;
    if (this.last !== null) this.spare.push(this.last);
    this.last = row;
    this.lastCast = cast;
  }

  /** On a grid aligned to the epoch, so that it doesn't depend on when the flow was started. */
  private sendWindow(message: Message): void {
    const { windowIntervalMs } = this.settings;
    if (windowIntervalMs === 0 || this.output?.window === undefined) return;
    const period = Math.floor(message.timestamp / windowIntervalMs);
    if (period === this.windowPeriod) return;
    if (this.windowPeriod !== null) this.output.window(message, this.window.copy());
    this.windowPeriod = period;
  }
}
