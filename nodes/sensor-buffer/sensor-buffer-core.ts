import { MessageError } from '../lib/errors.js';
import type { PipelineMessage, Reading, Window } from '../lib/messages.js';
import type { StrandReport } from './buffer-report.js';
import type { BufferSettings } from './buffer-settings.js';
import { StrandBuffer, type BufferOutput } from './strand-buffer.js';

interface Entry {
  readonly buffer: StrandBuffer;
  /** What to add to the strand's cast time to get on the common axis of all strands, ms. */
  offsetMs: number;
  latestMs: number;
  /** Where the common axis was when the strand was last heard of, ms. */
  heardMs: number;
}

/**
 * Turns raw readings into validated readings on a regular time base, strand by strand, on cast time alone.
 *
 * ```ts
 * const buffer = new SensorBuffer(bufferSettings(config));
 * for await (const raw of castReadings(cast, options)) buffer.accept(raw, { reading: (regular) => ... });
 * buffer.flush({ reading: (regular) => ... });
 * ```
 *
 * Readings that come in order and whole leave at once, in the message they came in. At most `maxStrands` strands are
 * kept; one that has not been heard of while the others went on for `idleTimeoutMs` is forgotten.
 */
export class SensorBuffer {
  private readonly strands = new Map<string, Entry>();
  /** How far cast time has gone, over all strands: their casts may lie years apart. */
  private axisMs = 0;
  private sweptMs = 0;

  constructor(private readonly settings: BufferSettings) {}

  /** @throws MessageError STRAND_LIMIT when there is no room for another strand */
  accept(message: PipelineMessage<Reading>, output: BufferOutput): void {
    const entry = this.entryOf(message.topic, message.timestamp);
    this.advance(entry, message.timestamp);
    entry.buffer.accept(message, output);
  }

  /** Sends what is held back, of one strand or of all: at the end of the data nothing else would. */
  flush(output: BufferOutput, strand?: string): void {
    for (const { buffer } of this.chosen(strand)) buffer.flush(output);
  }

  /** Forgets a strand, or all, with what is held back. */
  reset(strand?: string): void {
    if (strand === undefined) this.strands.clear();
    else this.strands.delete(strand);
  }

  /** The sliding window of a strand; null when nothing is known of it. */
  window(strand: string): Window | null {
    return this.strands.get(strand)?.buffer.window.copy() ?? null;
  }

  /** The last regular reading of a strand; null when nothing is known of it. */
  latest(strand: string): PipelineMessage<Reading> | null {
    return this.strands.get(strand)?.buffer.latest() ?? null;
  }

  /** Strands whose last regular reading failed a checkpoint. */
  get failingStrands(): string[] {
    return this.strandIds.filter((strand) => !this.strands.get(strand)!.buffer.isPassing);
  }

  get strandIds(): string[] {
    return [...this.strands.keys()];
  }

  report(strand?: string): StrandReport[] {
    return this.chosen(strand).map(({ buffer }) => buffer.report());
  }

  private chosen(strand: string | undefined): Entry[] {
    if (strand === undefined) return [...this.strands.values()];
    const entry = this.strands.get(strand);
    return entry === undefined ? [] : [entry];
  }

  private entryOf(strand: string, timestamp: number): Entry {
    const known = this.strands.get(strand);
    if (known !== undefined) return known;
    this.forgetIdle();
    if (this.strands.size >= this.settings.maxStrands) {
      throw new MessageError(
        'STRAND_LIMIT',
        `strand ${JSON.stringify(strand).slice(0, 60)}: there are ${this.strands.size} strands already. Raise streaming.max_strands, or check msg.topic.`,
      );
    }
    const entry = {
      buffer: new StrandBuffer(strand, this.settings),
      offsetMs: this.axisMs - timestamp,
      latestMs: timestamp,
      heardMs: this.axisMs,
    };
    this.strands.set(strand, entry);
    return entry;
  }

  private advance(entry: Entry, timestamp: number): void {
    // A clock that has jumped takes up the common axis where it is.
    if (Math.abs(timestamp - entry.latestMs) > this.settings.idleTimeoutMs)
      entry.offsetMs = this.axisMs - timestamp;
    entry.latestMs = timestamp;
    this.axisMs = Math.max(this.axisMs, timestamp + entry.offsetMs);
    entry.heardMs = this.axisMs;
    if (this.axisMs - this.sweptMs > this.settings.idleTimeoutMs) this.forgetIdle();
  }

  private forgetIdle(): void {
    this.sweptMs = this.axisMs;
    for (const [strand, { heardMs }] of this.strands)
      if (this.axisMs - heardMs > this.settings.idleTimeoutMs) this.strands.delete(strand);
  }
}
