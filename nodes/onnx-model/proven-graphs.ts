/** Proofs remembered; a plant has two models and swaps them now and then. */
const REMEMBERED = 64;

/**
 * Which models were proven to run, and how many rows may share a run of theirs, by a key of all that the proof depends on. The
 * same bytes on the same machine give the same result, so it needn't be proven again. Failures are not remembered: a deadline that
 * was missed on a busy machine may be met next time.
 */
export class ProvenGraphs {
  private readonly rowsByKey = new Map<string, number>();

  /** @returns most rows that may share a run; null when the model isn't known as proven */
  rowsOf(key: string): number | null {
    return this.rowsByKey.get(key) ?? null;
  }

  add(key: string, rows: number): void {
    this.rowsByKey.delete(key);
    this.rowsByKey.set(key, rows);
    if (this.rowsByKey.size > REMEMBERED) this.rowsByKey.delete(this.rowsByKey.keys().next().value!);
  }

  /** The oldest first. */
  all(): Iterable<readonly [key: string, rows: number]> {
    return this.rowsByKey;
  }
}
