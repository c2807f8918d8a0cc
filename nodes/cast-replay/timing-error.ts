/** How well a replay keeps its schedule. All in ms but the count; null before the first row. */
export interface TimingReport {
  readonly rows: number;
  /** Mean time a row left after it was due. */
  readonly errorMs: number | null;
  /** 99th percentile of that time, less its median: over the last rows. */
  readonly jitterMs: number | null;
  readonly worstMs: number | null;
  /** Time by which the schedule slipped because the flow could not keep up. */
  readonly slippedMs: number;
}

/** Rows that the percentiles are taken over. */
const RECENT = 1024;

/** Measures how long after its due time each row left. Allocates nothing per row. */
export class TimingError {
  private rows = 0;
  private sum = 0;
  private worst = 0;
  private readonly recent = new Float64Array(RECENT);

  record(lateMs: number): void {
    this.recent[this.rows % RECENT] = lateMs;
    this.rows++;
    this.sum += lateMs;
    this.worst = Math.max(this.worst, lateMs);
  }

  report(slippedMs: number): TimingReport {
    const { rows } = this;
    if (rows === 0) return { rows, errorMs: null, jitterMs: null, worstMs: null, slippedMs };
    const sorted = this.recent.slice(0, Math.min(rows, RECENT)).sort();
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!;
    return { rows, errorMs: this.sum / rows, jitterMs: at(0.99) - at(0.5), worstMs: this.worst, slippedMs };
  }

  reset(): void {
    this.rows = this.sum = this.worst = 0;
  }
}
