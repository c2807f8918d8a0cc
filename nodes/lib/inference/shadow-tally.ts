/** How a candidate compares with the model in service, over the instants at which both spoke. */
export interface ShadowFigures {
  readonly instants: number;
  /** Instants at which the candidate could not say. */
  readonly silent: number;
  /** Instants at which it was not asked, for it was too far behind. */
  readonly skipped: number;
  /** Of the probabilities, candidate minus serving model; null without instants. */
  readonly meanDifference: number | null;
  readonly meanAbsDifference: number | null;
  readonly largestDifference: number | null;
  /** Instants at which only the candidate, or only the model in service, gave 0.5 or more. */
  readonly onlyCandidate: number;
  readonly onlyServing: number;
}

const LIKELY = 0.5;

/** Counts the comparison of two models; constant memory. */
export class ShadowTally {
  private instants = 0;
  private sum = 0;
  private absSum = 0;
  private largest = 0;
  private onlyCandidate = 0;
  private onlyServing = 0;
  silent = 0;
  skipped = 0;

  compare(serving: number, candidate: number): void {
    const difference = candidate - serving;
    this.instants++;
    this.sum += difference;
    this.absSum += Math.abs(difference);
    if (Math.abs(difference) > Math.abs(this.largest)) this.largest = difference;
    if (candidate >= LIKELY && serving < LIKELY) this.onlyCandidate++;
    if (serving >= LIKELY && candidate < LIKELY) this.onlyServing++;
  }

  figures(): ShadowFigures {
    const { instants, silent, skipped, onlyCandidate, onlyServing } = this;
    const mean = (sum: number): number | null => (instants === 0 ? null : sum / instants);
    return {
      ...{ instants, silent, skipped, onlyCandidate, onlyServing },
      meanDifference: mean(this.sum),
      meanAbsDifference: mean(this.absSum),
      largestDifference: instants === 0 ? null : this.largest,
    };
  }
}
