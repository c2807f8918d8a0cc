/**
 * Counts of latencies in buckets of fixed width per decade, 1 µs to 100 s: nothing is allocated per value.
 * Upper edges are 1.0, 1.1, ... 9.9, 10 µs and so on: a quantile is at most 10 % above the true one, and the bounds
 * that Prometheus histograms usually have (0.005, 0.25, ...) are edges, so their counts are exact.
 */
const DECADES = 8;
const STEPS = 90;
const BUCKETS = DECADES * STEPS + 2;
/** Slack for the rounding of decimal edges: 0.005 s must fall into the bucket that ends there. */
const EDGE_SLACK = 1e-9;

export class LatencyHistogram {
  private readonly counts = new Float64Array(BUCKETS);
  private readonly earlier: Float64Array[];
  private oldest = 0;
  private total = 0;
  private sumMs = 0;

  /** @param periods how many calls of `endPeriod` the recent figures reach back */
  constructor(periods = 6) {
    this.earlier = Array.from({ length: periods }, () => new Float64Array(BUCKETS));
  }

  get count(): number {
    return this.total;
  }

  /** s, since the start. */
  get sumSeconds(): number {
    return this.sumMs / 1000;
  }

  /** Values that are no latency (negative, NaN) are left out. */
  record(ms: number): void {
    if (!(ms >= 0)) return;
    this.counts[bucketOf(ms)]!++;
    this.total++;
    this.sumMs += ms;
  }

  /** Values up to `seconds`, since the start; exact when `seconds` is an edge. */
  countUpTo(seconds: number): number {
    const last = bucketOf(seconds * 1000);
    let sum = 0;
    for (let i = 0; i <= last; i++) sum += this.counts[i]!;
    return sum;
  }

  /** Closes a period: recent figures no longer reach beyond the last `periods` of them. */
  endPeriod(): void {
    this.earlier[this.oldest]!.set(this.counts);
    this.oldest = (this.oldest + 1) % this.earlier.length;
  }

  recentCount(): number {
    const before = this.earlier[this.oldest]!;
    let sum = 0;
    for (let i = 0; i < BUCKETS; i++) sum += this.counts[i]! - before[i]!;
    return sum;
  }

  /** Quantile of the recent latencies, ms: the upper edge of its bucket. null when there are none. */
  recentQuantile(share: number): number | null {
    const before = this.earlier[this.oldest]!;
    const rank = Math.max(1, Math.ceil(share * this.recentCount()));
    let sum = 0;
    for (let i = 0; i < BUCKETS; i++) {
      sum += this.counts[i]! - before[i]!;
      if (sum >= rank) return edgeMs(i);
    }
    return null;
  }

  reset(): void {
    this.counts.fill(0);
    for (const snapshot of this.earlier) snapshot.fill(0);
    this.total = 0;
    this.sumMs = 0;
  }
}

function bucketOf(ms: number): number {
  let scaled = ms * 1000;
  if (scaled <= 1) return 0;
  for (let decade = 0; decade < DECADES; decade++, scaled /= 10) {
    if (scaled <= 10 + EDGE_SLACK) return decade * STEPS + Math.ceil(scaled * 10 - EDGE_SLACK) - 10;
  }
  return BUCKETS - 1;
}

/** Upper edge of a bucket; Infinity for the last one, which takes whatever is longer. */
function edgeMs(bucket: number): number {
  if (bucket === BUCKETS - 1) return Infinity;
  if (bucket === 0) return 0.001;
  const decade = Math.floor((bucket - 1) / STEPS);
  return ((bucket - decade * STEPS + 10) * 10 ** decade) / 10_000;
}
