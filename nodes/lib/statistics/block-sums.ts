import { addSamples, clearSums, type SumsKept } from './power-sums.js';
import type { SeriesHistory } from './series-history.js';

/** Samples of a block: 2 to the power of `SHIFT`. */
export const BLOCK = 16;
export const SHIFT = 4;

/** Whole blocks that lie in a window, at most. */
export const blocksIn = (window: number): number => Math.floor(window / BLOCK);

/**
 * Sums of a series block by block, shared by all its windows. Blocks lie at fixed positions; each is summed around its first sample,
 * from there on, when one of the windows is asked for. What is found there depends on the samples alone, not on who asked when.
 * Cost: O(1) amortised per sample. Memory: 8 bytes times the sums kept, per block of the longest window.
 */
export class BlockSums {
  readonly sums: Float64Array;
  /** Where a window puts its sums together while it is read; they are those of `workOf` at the position `workAt`. */
  readonly work: Float64Array;
  workOf: unknown = null;
  workAt = -1;
  private readonly blocks: number;
  /** Position up to which, not including, samples are summed, or passed out of reach before anyone asked. */
  private summed = 0;

  /** @param window the longest that will be asked, samples */
  constructor(
    readonly history: SeriesHistory,
    window: number,
    readonly kept: SumsKept,
  ) {
    // The newest block, which is not whole yet, is one more.
    this.blocks = blocksIn(window) + 1;
    this.sums = new Float64Array(this.blocks * kept);
    this.work = new Float64Array(kept);
  }

  /** Sums what isn't summed yet. @returns the number of whole blocks since the first sample */
  settle(): number {
    const end = this.history.newest + 1;
    const whole = end >> SHIFT;
    const reached = (whole - this.blocks + 1) * BLOCK;
    if (this.summed < reached) this.summed = reached;
    while (this.summed < end) {
      const block = this.summed >> SHIFT;
      const start = block * BLOCK;
      const place = this.placeOf(block);
      if (this.summed === start) clearSums(this.sums, place, this.kept);
      const to = Math.min(start + BLOCK, end);
      addSamples(this.sums, place, this.kept, this.history, this.summed, to, start);
      this.summed = to;
    }
    return whole;
  }

  /** Where a block's sums stand; its time counts from its own first sample. */
  placeOf(block: number): number {
    return (block % this.blocks) * this.kept;
  }
}
