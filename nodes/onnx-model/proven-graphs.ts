/** Proofs remembered; a plant has two models and swaps them now and then. */
const REMEMBERED = 64;

/**
 * Which models were proven to run, by hashes of all that the proof depends on: card, graph, golden vectors and engine. The
 * same bytes give the same result, so a redeploy needn't prove them again. Failures are not remembered: a deadline that was
 * missed on a busy machine may be met next time.
 */
export class ProvenGraphs {
  private readonly keys = new Set<string>();

  has(key: string): boolean {
    return this.keys.has(key);
  }

  add(key: string): void {
    this.keys.add(key);
    if (this.keys.size > REMEMBERED) this.keys.delete(this.keys.values().next().value!);
  }
}
