import type { CastMs } from '../lib/clock.js';
import type { ModelKind, PipelineMessage, Prediction } from '../lib/messages.js';

/** The predictions of one strand for one instant, ready to be combined. */
export interface Pair {
  readonly baseline: PipelineMessage<Prediction> | null;
  readonly sequence: PipelineMessage<Prediction> | null;
}

type Slots = Record<ModelKind, PipelineMessage<Prediction> | null>;

interface StrandState {
  pending: { readonly timestamp: CastMs; readonly slots: Slots } | null;
  /** Last instant each model spoke of; a step back means the cast was sought or restarted. */
  readonly lastHeard: Record<ModelKind, number>;
  /** Instants in a row that went out without this model. */
  readonly missed: Record<ModelKind, number>;
  emittedAt: number;
}

/** Instants that a model may miss before the others stop waiting for it. */
const PATIENCE = 2;
const KINDS: readonly ModelKind[] = ['baseline', 'sequence'];

/**
 * Brings the predictions of both models for the same instant together, strand by strand, on cast time alone:
 * the same cast gives the same pairs at any replay speed.
 *
 * An instant goes out as soon as every model that is expected has spoken, or when a later instant arrives.
 * A model is expected while it is switched on and has not missed more than `PATIENCE` instants in a row.
 * Bounded: at most one instant waits per strand.
 */
export class PredictionPairing {
  private readonly strands = new Map<string, StrandState>();

  constructor(private readonly isEnabled: (kind: ModelKind) => boolean) {}

  /** @returns the pairs that are now complete, oldest first; none while waiting, or for a prediction that came too late */
  accept(message: PipelineMessage<Prediction>): readonly Pair[] {
    const { kind } = message.payload;
    const state = this.stateOf(message.topic);
    const ready: Pair[] = [];
    if (message.timestamp < state.lastHeard[kind]) this.startOver(state);
    state.lastHeard[kind] = message.timestamp;
    if (message.timestamp <= state.emittedAt) {
      state.missed[kind] = 0;
      return ready;
    }
    if (state.pending !== null && state.pending.timestamp < message.timestamp)
      ready.push(this.release(state));
    state.pending ??= { timestamp: message.timestamp, slots: { baseline: null, sequence: null } };
    state.pending.slots[kind] = message;
    if (this.isComplete(state)) ready.push(this.release(state));
    return ready;
  }

  /** Forgets a strand, or all. */
  reset(strand?: string): void {
    if (strand === undefined) this.strands.clear();
    else this.strands.delete(strand);
  }

  private stateOf(strand: string): StrandState {
    let state = this.strands.get(strand);
    if (state === undefined) {
      state = {
        pending: null,
        lastHeard: { baseline: -Infinity, sequence: -Infinity },
        missed: { baseline: 0, sequence: 0 },
        emittedAt: -Infinity,
      };
      this.strands.set(strand, state);
    }
    return state;
  }

  private startOver(state: StrandState): void {
    state.pending = null;
    state.emittedAt = -Infinity;
    state.lastHeard.baseline = state.lastHeard.sequence = -Infinity;
  }

  private isComplete({ pending, missed }: StrandState): boolean {
    return KINDS.every(
      (kind) => pending?.slots[kind] != null || !this.isEnabled(kind) || missed[kind] > PATIENCE,
    );
  }

  private release(state: StrandState): Pair {
    const { timestamp, slots } = state.pending!;
    for (const kind of KINDS) state.missed[kind] = slots[kind] === null ? state.missed[kind] + 1 : 0;
    state.emittedAt = timestamp;
    state.pending = null;
    return slots;
  }
}
