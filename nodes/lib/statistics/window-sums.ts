import { BLOCK, SHIFT, blocksIn, type BlockSums } from './block-sums.js';
import { addSamples, addSums, clearSums, type SumsKept } from './power-sums.js';

/** Shorter windows are summed sample by sample, which costs no more than looking for their blocks, samples. */
const SHORT = 2 * BLOCK;

/**
 * Sums over the last `window` samples: of the whole blocks in it, and sample by sample of what sticks out on both sides.
 *
 * Algorithm: the blocks are cut into chunks of as many as the window holds, at fixed positions. The blocks of a window are then the
 * end of one chunk, known from sums made backwards once per chunk, and the beginning of the next, known from sums that go on
 * with it. Nothing is ever subtracted that was added before, and every anchor is a sample of the window: a spike of 1e16 leaves no
 * trace once it is out. Sums are made when asked for, and depend on the samples and their positions alone.
 *
 * Cost: O(1) amortised per value asked, whatever the window. Memory: 8 bytes times the sums kept, per block of the window.
 * Source: van Herk, Pattern Recognition Letters 13(7), 1992, for extremes; shifted sums: Chan, Golub, LeVeque, The American
 * Statistician 37(3), 1983. docs/decisions/0019
 */
export class WindowSums {
  /** Blocks of a chunk; 0 for a short window. */
  private readonly chunk: number;
  /** By block of a chunk: the sums from there to the chunk's end. */
  private readonly ends: Float64Array;
  private endsOf = -1;
  private endsFrom = 0;
  /** Sums of the chunk that the newest block belongs to, from its beginning. */
  private readonly beginning: Float64Array;
  private beginningOf = -1;
  private beginningTo = 0;
  /** Both together, as they were put together last. */
  private readonly middle: Float64Array;
  private middleFrom = -1;
  private middleTo = -1;

  constructor(
    private readonly blocks: BlockSums,
    private readonly window: number,
    private readonly kept: SumsKept,
  ) {
    this.chunk = window < SHORT ? 0 : blocksIn(window);
    this.ends = this.chunk === 0 ? NONE : new Float64Array(this.chunk * kept);
    this.beginning = this.chunk === 0 ? NONE : new Float64Array(kept);
    this.middle = this.chunk === 0 ? NONE : new Float64Array(kept);
  }

  /** The sums as of the newest sample; valid until another window of the series is asked. */
  settled(): Float64Array {
    const { blocks, kept, window } = this;
    const { history, work } = blocks;
    const { newest } = history;
    if (blocks.workOf === this && blocks.workAt === newest) return work;
    blocks.workOf = this;
    blocks.workAt = newest;
    const oldest = Math.max(0, newest - window + 1);
    if (this.chunk === 0) {
      clearSums(work, 0, kept);
      addSamples(work, 0, kept, history, oldest, newest + 1, oldest);
    } else this.sumAll(work, oldest, newest + 1);
    return work;
  }

  private sumAll(sums: Float64Array, oldest: number, end: number): void {
    const { middle, kept, blocks } = this;
    const to = blocks.settle();
    const from = (oldest + BLOCK - 1) >> SHIFT;
    if (from !== this.middleFrom || to !== this.middleTo) this.sumBlocks(from, to);
    for (let i = 0; i < kept; i++) sums[i] = middle[i]!;
    const start = from << SHIFT;
    const rest = to << SHIFT;
    if (oldest < start) addSamples(sums, 0, kept, blocks.history, oldest, start, start);
    if (rest < end) addSums(sums, 0, kept, blocks.sums, blocks.placeOf(to), rest - start);
  }

  /** Sums of the whole blocks, until one of them leaves or another comes; time counts from their first sample. */
  private sumBlocks(from: number, to: number): void {
    const { middle, kept, chunk } = this;
    this.middleFrom = from;
    this.middleTo = to;
    clearSums(middle, 0, kept);
    const newer = Math.ceil(from / chunk);
    const boundary = newer * chunk;
    const later = (boundary - from) << SHIFT;
    if (from < boundary) addSums(middle, 0, kept, this.ends, this.endFrom(from, newer - 1), later);
    if (to > boundary) addSums(middle, 0, kept, this.begin(newer, to), 0, later);
  }

  /** Where the sums from a block to its chunk's end stand; time counts from the chunk's end. */
  private endFrom(block: number, chunk: number): number {
    const { ends, kept, blocks } = this;
    const start = chunk * this.chunk;
    const end = start + this.chunk;
    if (this.endsOf !== chunk) {
      this.endsOf = chunk;
      this.endsFrom = end;
    }
    while (this.endsFrom > block) {
      const at = --this.endsFrom;
      const place = (at - start) * kept;
      clearSums(ends, place, kept);
      if (at + 1 < end) addSums(ends, place, kept, ends, place + kept, 0);
      addSums(ends, place, kept, blocks.sums, blocks.placeOf(at), (at - end) * BLOCK);
    }
    return (block - start) * kept;
  }

  /** Sums of a chunk from its beginning up to, not including, a block; time counts from the chunk's first sample. */
  private begin(chunk: number, to: number): Float64Array {
    const { beginning, kept, blocks } = this;
    const start = chunk * this.chunk;
    if (this.beginningOf !== chunk) {
      this.beginningOf = chunk;
      this.beginningTo = start;
      clearSums(beginning, 0, kept);
    }
    for (; this.beginningTo < to; this.beginningTo++) {
      const later = (this.beginningTo - start) * BLOCK;
      addSums(beginning, 0, kept, blocks.sums, blocks.placeOf(this.beginningTo), later);
    }
    return beginning;
  }
}

const NONE = new Float64Array(0);
