import type { CastMs, MonoMs } from '../lib/clock.js';
import type { ModelKind, PipelineMessage, Prediction } from '../lib/messages.js';

/** The predictions of one strand for one instant, ready to be combined. */
export interface Pair {
  readonly baseline: PipelineMessage<Prediction> | null;
  readonly sequence: PipelineMessage<Prediction> | null;
}

type Slots = Record<ModelKind, PipelineMessage<Prediction> | null>;

/** Where a model has got to: each time its cast time steps back, for a seek or a restart, a new run begins. */
interface Position {
  readonly run: number;
  readonly timestamp: CastMs;
}

interface Instant extends Position {
  /** When its first prediction came. */
  readonly since: MonoMs;
  readonly slots: Slots;
}

interface StrandState {
  /** Oldest first. */
  readonly pending: Instant[];
  /** Last instant each model spoke of; null while it is not expected to speak. */
  readonly heard: Record<ModelKind, Position | null>;
  emitted: Position | null;
}

/**
 * How long a model may be silent by the clock before the other one goes on alone, ms. An inference node answers each
 * instant within its deadline, without a probability if need be; so only a node that is missing, or a model that takes
 * longer than this to load, is ever given up.
 */
export const PATIENCE_MS = 20_000;
/** Instants that may wait per strand. The inference nodes let fewer pile up. */
const MAX_PENDING = 4096;
const KINDS: readonly ModelKind[] = ['baseline', 'sequence'];

/**
 * Brings the predictions of both models for the same instant together, strand by strand.
 *
 * An instant goes out once every expected model has spoken of it, or of a later one: how far one model runs ahead of
 * the other does not matter, so the same cast gives the same pairs at any replay speed. A model is expected while it is
 * switched on and has not been given up; once it is heard again, on any strand, it is expected again.
 * Of more than `maxStrands` strands the one without a prediction for longest is forgotten.
 */
export class PredictionPairing {
  private readonly strands = new Map<string, StrandState>();
  private readonly givenUp = new Set<ModelKind>();

  constructor(
    private readonly isEnabled: (kind: ModelKind) => boolean,
    public maxStrands = Infinity,
  ) {}

  /** @returns the pairs that are now complete, oldest first; none while waiting, or for a prediction that came too late */
  accept(message: PipelineMessage<Prediction>, now: MonoMs): readonly Pair[] {
    const { kind } = message.payload;
    const state = this.stateOf(message.topic);
    this.givenUp.delete(kind);
    for (const other of KINDS) if (!this.isExpected(other)) state.heard[other] = null;
    const at = nextPosition(state, kind, message.timestamp);
    state.heard[kind] = at;
    if (state.emitted === null || isBefore(state.emitted, at)) {
      instantAt(state, at, now).slots[kind] = message;
    }
    return this.releaseComplete(state);
  }

  /** Gives up the models that instants have waited for too long. @returns the pairs that may now go, strand by strand */
  expire(now: MonoMs): readonly Pair[] {
    for (const state of this.strands.values()) {
      const [oldest] = state.pending;
      if (oldest === undefined || now - oldest.since < PATIENCE_MS) continue;
      for (const kind of KINDS) if (!hasPassed(state, kind, oldest)) this.givenUp.add(kind);
    }
    return [...this.strands.values()].flatMap((state) => this.releaseComplete(state));
  }

  /** Since when the instant that has waited longest waits; null when none does. */
  get waitingSince(): MonoMs | null {
    let earliest: MonoMs | null = null;
    for (const { pending } of this.strands.values()) {
      const since = pending[0]?.since;
      if (since !== undefined && (earliest === null || since < earliest)) earliest = since;
    }
    return earliest;
  }

  /** Forgets a strand, or all. */
  reset(strand?: string): void {
    if (strand === undefined) this.strands.clear();
    else this.strands.delete(strand);
  }

  private stateOf(strand: string): StrandState {
    const state = this.strands.get(strand) ?? {
      pending: [],
      heard: { baseline: null, sequence: null },
      emitted: null,
    };
    this.strands.delete(strand);
    this.strands.set(strand, state);
    if (this.strands.size > this.maxStrands) this.strands.delete(this.strands.keys().next().value!);
    return state;
  }

  private isExpected(kind: ModelKind): boolean {
    return this.isEnabled(kind) && !this.givenUp.has(kind);
  }

  private releaseComplete(state: StrandState): Pair[] {
    const pairs: Pair[] = [];
    while (state.pending.length > 0 && this.isComplete(state, state.pending[0]!)) {
      const instant = state.pending.shift()!;
      state.emitted = instant;
      pairs.push(instant.slots);
    }
    return pairs;
  }

  private isComplete(state: StrandState, instant: Instant): boolean {
    if (state.pending.length > MAX_PENDING) return true;
    return KINDS.every((kind) => !this.isExpected(kind) || hasPassed(state, kind, instant));
  }
}

/** A model that is heard for the first time, or after a while, joins the oldest run that waits for it. */
function nextPosition({ heard, pending }: StrandState, kind: ModelKind, timestamp: CastMs): Position {
  const last = heard[kind];
  if (last !== null) return { run: timestamp < last.timestamp ? last.run + 1 : last.run, timestamp };
  const other = heard[kind === 'baseline' ? 'sequence' : 'baseline'];
  return { run: pending[0]?.run ?? other?.run ?? 0, timestamp };
}

/** The instant that waits at this position; a new one is put in its place. */
function instantAt({ pending }: StrandState, at: Position, since: MonoMs): Instant {
  let index = pending.length;
  while (index > 0 && isBefore(at, pending[index - 1]!)) index--;
  const found = pending[index - 1];
  if (found !== undefined && !isBefore(found, at)) return found;
  const instant = { ...at, since, slots: { baseline: null, sequence: null } };
  pending.splice(index, 0, instant);
  return instant;
}

function hasPassed({ heard }: StrandState, kind: ModelKind, instant: Position): boolean {
  const last = heard[kind];
  return last !== null && !isBefore(last, instant);
}

const isBefore = (one: Position, other: Position): boolean =>
  one.run < other.run || (one.run === other.run && one.timestamp < other.timestamp);
