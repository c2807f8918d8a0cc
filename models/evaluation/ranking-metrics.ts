/** Scores from high to low, and how many positives and negatives have each. Equal scores stand next to each other. */
export interface RankedScores {
  readonly scores: ArrayLike<number>;
  readonly positives: ArrayLike<number>;
  readonly negatives: ArrayLike<number>;
}

export interface RankingMetrics {
  /**
   * Probability that a positive scores higher than a negative, ties counting half; null when one class is absent.
   * Source: Hanley and McNeil, Radiology 143(1), 1982.
   */
  readonly auc: number | null;
  /**
   * Sum over the distinct scores of the gain in recall times the precision there; ties enter together; null without
   * positives. Source: scikit-learn `average_precision_score`.
   */
  readonly averagePrecision: number | null;
}

/** Both in one pass. */
export function rankingMetrics({ scores, positives, negatives }: RankedScores): RankingMetrics {
  let [found, passed] = [0, 0];
  let [won, sum] = [0, 0];
  for (let at = 0; at < scores.length;) {
    let [gained, lost] = [0, 0];
    for (const score = scores[at]; at < scores.length && scores[at] === score; at++) {
      gained += positives[at]!;
      lost += negatives[at]!;
    }
    won += lost * (found + gained / 2);
    found += gained;
    passed += lost;
    if (gained > 0) sum += gained * (found / (found + passed));
  }
  return {
    auc: found === 0 || passed === 0 ? null : won / (found * passed),
    averagePrecision: found === 0 ? null : sum / found,
  };
}
