/** Why a whole line can't be parsed. */
export type BadLine = 'line-too-long' | 'quote-not-closed';

/** Longest line that is still taken for a row of readings: 512 sensors of 100 characters fit well. */
export const MAX_LINE_BYTES = 64 * 1024;

const QUOTE = 0x22;
const EMPTY = Buffer.alloc(0);

/**
 * Stands between a file and the CSV parser, and takes out lines that would make it swallow the rest of the file:
 * a quote that never closes, a line without end. Readings never span lines, so each line must stand by itself.
 *
 * A line taken out becomes an empty one: line numbers stay true. Memory is bounded by `MAX_LINE_BYTES`, whatever comes.
 */
export class LineGuard {
  private line = 1;
  private rest: Buffer = EMPTY;
  /** Inside a line already known to be too long: everything up to its end is dropped. */
  private isDropping = false;
  private nextQuote = Infinity;
  private readonly end: number;

  constructor(
    lineEnd: '\n' | '\r',
    private readonly onBad: (reason: BadLine, line: number) => void,
  ) {
    this.end = lineEnd.charCodeAt(0);
  }

  /** @returns the whole lines that are now complete, ready for the parser */
  push(chunk: Buffer): Buffer {
    const data = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const kept: Buffer[] = [];
    let keptFrom = 0;
    this.nextQuote = indexFrom(data, QUOTE, 0);
    let start = 0;
    for (let at = data.indexOf(this.end); at >= 0; at = data.indexOf(this.end, start)) {
      const problem = this.problemOf(data, start, at);
      if (problem !== null) {
        this.onBad(problem, this.line);
        kept.push(data.subarray(keptFrom, start));
        keptFrom = at;
      }
      this.line++;
      start = at + 1;
    }
    kept.push(data.subarray(keptFrom, start));
    this.keepRest(data, start);
    return kept.length === 1 ? kept[0]! : Buffer.concat(kept);
  }

  /** @returns the last line, when the file doesn't end with a line end */
  finish(): Buffer {
    const last = this.rest;
    this.nextQuote = indexFrom(last, QUOTE, 0);
    const problem = this.problemOf(last, 0, last.length);
    this.rest = EMPTY;
    if (problem === null) return last;
    this.onBad(problem, this.line);
    return EMPTY;
  }

  private keepRest(data: Buffer, start: number): void {
    const length = data.length - start;
    if (this.isDropping || length > MAX_LINE_BYTES) {
      this.isDropping = true;
      this.rest = EMPTY;
    } else this.rest = length === 0 ? EMPTY : Buffer.from(data.subarray(start));
  }

  /** Lines are asked about in order, so that each quote is looked for once a chunk. */
  private problemOf(data: Buffer, from: number, to: number): BadLine | null {
    if (this.isDropping || to - from > MAX_LINE_BYTES) {
      this.isDropping = false;
      this.nextQuote = indexFrom(data, QUOTE, to);
      return 'line-too-long';
    }
    let quotes = 0;
    while (this.nextQuote < to) {
      quotes++;
      this.nextQuote = indexFrom(data, QUOTE, this.nextQuote + 1);
    }
    return quotes % 2 === 0 ? null : 'quote-not-closed';
  }
}

function indexFrom(data: Buffer, byte: number, from: number): number {
  const at = data.indexOf(byte, from);
  return at < 0 ? Infinity : at;
}
