/** Keeps the logarithm finite for a model that is certain; 1e-6 is far below what calibration can resolve. */
const CERTAINTY = 1e-6;

/** Log-odds of a probability, held 1e-6 away from 0 and 1. */
export function logit(probability: number): number {
  const inside = Math.min(Math.max(probability, CERTAINTY), 1 - CERTAINTY);
  return Math.log(inside / (1 - inside));
}

export function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
