export interface CalibrationBin {
  readonly bin: number;
  readonly count: number;
  readonly meanScore: number;
  readonly meanLabel: number;
}

/** Equal-width bins of a score 0..1, left-closed, 1 in the last: what each holds, and the squared errors of all. */
export class CalibrationSums {
  private readonly counts: Float64Array;
  private readonly scores: Float64Array;
  private readonly labels: Float64Array;
  private squares = 0;

  constructor(bins = 15) {
    this.counts = new Float64Array(bins);
    this.scores = new Float64Array(bins);
    this.labels = new Float64Array(bins);
  }

  /** Takes in so many rows of one score. */
  add(score: number, positives: number, negatives: number): void {
    const bin = Math.min(this.counts.length - 1, Math.floor(score * this.counts.length));
    const count = positives + negatives;
    this.counts[bin]! += count;
    this.scores[bin]! += count * score;
    this.labels[bin]! += positives;
    this.squares += positives * (score - 1) ** 2 + negatives * score ** 2;
  }

  /** Takes in what another has, so many times. @throws RangeError when it has another number of bins */
  addAll(other: CalibrationSums, times: number): void {
    if (other.counts.length !== this.counts.length)
      throw new RangeError(`expected ${this.counts.length} bins, got ${other.counts.length}`);
    for (let bin = 0; bin < this.counts.length; bin++) {
      this.counts[bin]! += times * other.counts[bin]!;
      this.scores[bin]! += times * other.scores[bin]!;
      this.labels[bin]! += times * other.labels[bin]!;
    }
    this.squares += times * other.squares;
  }

  get total(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** Those that hold something, lowest score first. */
  bins(): CalibrationBin[] {
    return Array.from(this.counts, (count, bin) => ({
      bin,
      count,
      meanScore: this.scores[bin]! / count,
      meanLabel: this.labels[bin]! / count,
    })).filter(({ count }) => count > 0);
  }

  /**
   * Expected calibration error: mean over all rows of the gap between score and observed share in their bin; null
   * without rows. Source: Naeini et al., AAAI 2015.
   */
  error(): number | null {
    const { total } = this;
    if (total === 0) return null;
    return this.bins().reduce(
      (sum, { count, meanLabel, meanScore }) => sum + (count / total) * Math.abs(meanLabel - meanScore),
      0,
    );
  }

  /** Mean squared difference of score and label; null without rows. Source: Brier, Monthly Weather Review 78(1), 1950. */
  brier(): number | null {
    const { total } = this;
    return total === 0 ? null : this.squares / total;
  }
}
