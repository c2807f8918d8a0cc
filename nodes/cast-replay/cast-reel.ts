import { asError } from '../lib/errors.js';
import type { CastIdentity } from './reading-message.js';
import { ReadCounts, type CastRow } from './row-parser.js';

/** A cast to be replayed on a strand. */
export interface ReplayCast {
  readonly strand: string;
  readonly cast: CastIdentity & { readonly title?: string | undefined };
  /** s; null when it isn't known. */
  readonly duration: number | null;
  readonly missingSensors: readonly string[];
  /** What is wrong with the file as a whole, such as an end before its time; null when nothing is. */
  readonly problem: string | null;
  rows(counts: ReadCounts): AsyncIterator<CastRow, void, void>;
}

/** Rows read ahead: half a chunk of a usual file. */
const ROWS_AHEAD = 256;

/** One strand's cast while it is replayed: reads ahead a little, stops reading while that is not used up. */
export class CastReel {
  readonly counts = new ReadCounts();
  sent = 0;
  /** s of cast time of the row last taken; null before the first. */
  position: number | null = null;
  error: Error | null = null;
  private readonly rows: AsyncIterator<CastRow, void, void>;
  private ahead: CastRow[] = [];
  private taken = 0;
  private isRead = false;
  private isClosed = false;
  private reached = -Infinity;
  private makeRoom: (() => void) | null = null;

  /**
   * @param from s of cast time; rows before it are passed over
   * @param wake called when rows have come after there were none, or the cast is at its end
   */
  constructor(
    readonly source: ReplayCast,
    private readonly from: number,
    private readonly wake: () => void,
  ) {
    this.rows = source.rows(this.counts);
    void this.read();
  }

  /** True once every row has been taken. */
  get isEnded(): boolean {
    return this.isRead && this.rowsAhead === 0;
  }

  /** s of cast time at which the next row is due, never before that of a row taken; null while none is there. */
  get nextElapsed(): number | null {
    const row = this.ahead[this.taken];
    return row === undefined ? null : Math.max(row.elapsed, this.reached);
  }

  take(): CastRow {
    const row = this.ahead[this.taken]!;
    this.taken++;
    this.reached = Math.max(this.reached, row.elapsed);
    this.position = row.elapsed;
    this.sent++;
    if (this.taken >= ROWS_AHEAD / 2) {
      this.ahead = this.ahead.slice(this.taken);
      this.taken = 0;
      this.makeRoom?.();
    }
    return row;
  }

  close(): void {
    this.isClosed = true;
    this.makeRoom?.();
    // A file that fails while it is being closed has nobody left to hear of it.
    this.rows.return?.().then(undefined, () => undefined);
  }

  private get rowsAhead(): number {
    return this.ahead.length - this.taken;
  }

  private async read(): Promise<void> {
    try {
      while (!this.isClosed) {
        const next = await this.rows.next();
        if (next.done === true || this.isClosed) break;
        if (next.value.elapsed < this.from) continue;
        this.ahead.push(next.value);
        if (this.rowsAhead === 1) this.wake();
        if (this.rowsAhead >= ROWS_AHEAD) await this.room();
      }
    } catch (err) {
      this.error = asError(err);
    }
    this.isRead = true;
    if (!this.isClosed) this.wake();
  }

  private room(): Promise<void> {
    return new Promise((resolve) => {
      this.makeRoom = () => {
        this.makeRoom = null;
        resolve();
      };
    });
  }
}

/** The strand whose next row is the earliest, the first of them in a tie; null while one can't tell yet. */
export function earliestOf(reels: readonly CastReel[]): CastReel | null {
  let earliest: CastReel | null = null;
  for (const reel of reels) {
    if (reel.isEnded) continue;
    if (reel.nextElapsed === null) return null;
    if (earliest === null || reel.nextElapsed < earliest.nextElapsed!) earliest = reel;
  }
  return earliest;
}
