/** Counts by a label whose values come from outside: at most `limit` of them, the rest together as `other`. */
export class Tally {
  private readonly counts = new Map<string, { value: number }>();

  constructor(
    private readonly limit: number,
    private readonly always: readonly string[] = [],
  ) {
    this.reset();
  }

  add(label: string): void {
    let count = this.counts.get(label);
    if (count === undefined) {
      const key = this.counts.size < this.limit ? label : 'other';
      count = this.counts.get(key);
      if (count === undefined) this.counts.set(key, (count = { value: 0 }));
    }
    count.value++;
  }

  countOf(label: string): number {
    return this.counts.get(label)?.value ?? 0;
  }

  total(): number {
    let sum = 0;
    for (const { value } of this.counts.values()) sum += value;
    return sum;
  }

  entries(): readonly (readonly [label: string, count: number])[] {
    return [...this.counts].map(([label, { value }]) => [label, value] as const);
  }

  /** Back to 0; only the labels that are always there remain. */
  reset(): void {
    this.counts.clear();
    for (const label of this.always) this.counts.set(label, { value: 0 });
  }
}
