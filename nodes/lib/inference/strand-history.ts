import type { PipelineMessage, Prediction } from '../messages.js';
import type { CastMs } from '../clock.js';
import { numberField } from '../parse-field.js';

interface Ring<Entry> {
  readonly entries: Entry[];
  /** Place of the oldest entry once the ring is full. */
  next: number;
}

/**
 * The last entries of each strand, for requests. Bounded in both directions: `capacity` entries per strand, and
 * `maxStrands` strands, of which the one without news for longest goes first.
 */
export class StrandHistory<Entry> {
  private readonly rings = new Map<string, Ring<Entry>>();

  constructor(
    private capacity: number,
    private maxStrands: number,
  ) {}

  add(strand: string, entry: Entry): void {
    if (this.capacity === 0) return;
    const ring = this.rings.get(strand) ?? { entries: [], next: 0 };
    this.rings.delete(strand);
    this.rings.set(strand, ring);
    if (this.rings.size > this.maxStrands) this.rings.delete(this.rings.keys().next().value!);
    if (ring.entries.length < this.capacity) ring.entries.push(entry);
    else {
      ring.entries[ring.next] = entry;
      ring.next = (ring.next + 1) % this.capacity;
    }
  }

  /** The last `limit` entries of `strand`, or of every strand when null, oldest first. */
  last(strand: string | null, limit: number): Record<string, Entry[]> {
    const wanted = [...this.rings].filter(([name]) => strand === null || strand === name);
    // Not by assignment: a strand called __proto__ would become the prototype.
    return Object.fromEntries(wanted.map(([name, ring]) => [name, inOrder(ring).slice(-limit)]));
  }

  /** Forgets a strand, or all. */
  reset(strand: string | null): void {
    if (strand === null) this.rings.clear();
    else this.rings.delete(strand);
  }

  /** New bounds; of what is kept, the newest stays. */
  resize(capacity: number, maxStrands: number): void {
    if (capacity === this.capacity && maxStrands === this.maxStrands) return;
    this.capacity = capacity;
    this.maxStrands = maxStrands;
    const kept = [...this.rings].slice(-maxStrands);
    this.rings.clear();
    if (capacity === 0) return;
    for (const [strand, ring] of kept) {
      this.rings.set(strand, { entries: inOrder(ring).slice(-capacity), next: 0 });
    }
  }
}

const inOrder = <Entry>({ entries, next }: Ring<Entry>): Entry[] => [
  ...entries.slice(next),
  ...entries.slice(0, next),
];

/** How many entries a `get-history` command asks for; all when it doesn't say. @throws ConfigError when it is no count */
export const limitIn = ({ limit, value }: Readonly<Record<string, unknown>>): number =>
  numberField(limit ?? value, Infinity, { field: 'limit', min: 1, integer: true });

/** What is kept of a prediction: no contributions, for 64 strands would fill 50 MB with them. */
export interface PastPrediction {
  readonly timestamp: CastMs;
  readonly castId: string;
  readonly probability: number | null;
  readonly version: string;
  readonly latencyMs: number;
  readonly reason?: string;
}

export function pastPrediction({ timestamp, cast, payload }: PipelineMessage<Prediction>): PastPrediction {
  const { probability, version, latencyMs, reason } = payload;
  const entry = { timestamp, castId: cast?.castId ?? '', probability, version, latencyMs };
  return reason === undefined ? entry : { ...entry, reason };
}
