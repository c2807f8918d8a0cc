import { addSamples, clearSums, type SumsKept } from './power-sums.js';
import type { SeriesHistory } from './series-history.js';

/** Samples of a block. */
export const BLOCK = 16;

/** Whole blocks that lie in a window, at most. */
export const blocksIn = (window: number): number => Math.floor(window / BLOCK);

/**
 * Sums of a series block by block, shared by all its windows. Blocks lie at fixed positions and are summed once, when one of the
 * windows is asked for, each around a sample of its own: what is found there depends on the samples alone, not on who asked when.
 * Cost: O(1) amortised per sample. Memory: 8 bytes times the sums kept, per block of the longest window.
 */
export class BlockSums {
  readonly sums: Float64Array;
  /** Where a window puts its sums together while it is read; they are those of `workOf` at the position `workAt`. */
  readonly work: Float64Array;
  workOf: unknown = null;
  workAt = -1;
  private readonly blocks: number;
  /** Blocks that are summed, or passed out of reach before anyone asked. */
  private summed = 0;

  /** @param window the longest that will be asked, samples */
  constructor(
    readonly history: SeriesHistory,
    window: number,
    readonly kept: SumsKept,
  ) {
    this.blocks = blocksIn(window);
    this.sums = new Float64Array(this.blocks * kept);
    this.work = new Float64Array(kept);
  }

  /** Sums what is whole and not summed yet. @returns the number of whole blocks since the first sample */
  settle(): number {
    const whole = Math.floor((this.history.newest + 1) / BLOCK);
    if (this.summed < whole - this.blocks) this.summed = whole - this.blocks;
    for (; this.summed < whole; this.summed++) {
      const place = this.placeOf(this.summed);
      const from = this.summed * BLOCK;
      clearSums(this.sums, place, this.kept);
      addSamples(this.sums, place, this.kept, this.history, from, from + BLOCK, from);
    }
    return whole;
  }

  /** Where a block's sums stand; its time counts from its own first sample. */
  placeOf(block: number): number {
    return (block % this.blocks) * this.kept;
  }
}
