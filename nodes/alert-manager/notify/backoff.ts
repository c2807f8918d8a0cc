/** Wait before the second attempt, ms; it doubles with each one. */
export const FIRST_WAIT_MS = 1000;
export const LONGEST_WAIT_MS = 300_000;

/**
 * How long to wait after the `attempt`th failure in a row (from 1), ms: doubling, and half of it by chance, so that many
 * senders don't come back at once. Source: "equal jitter", M. Brooker, AWS Architecture Blog, 2015.
 * @param chance even over 0..1
 */
export function backoffMs(attempt: number, chance: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt - 1, 30));
  return full / 2 + (full / 2) * chance;
}
