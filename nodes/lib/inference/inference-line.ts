import type { Clock, MonoMs, TimerHandle } from '../clock.js';
import { asError, ModelError } from '../errors.js';

/** What came of one instant: the model's word, or why there is none. */
export type Outcome<Said> =
  | { readonly said: Said; readonly error: null; readonly latencyMs: number }
  | { readonly said: null; readonly error: Error; readonly latencyMs: number };

/** Instants that may be pending at once, over all strands. One holds its message and its tensor, some 40 kB. */
const MAX_PENDING = 2048;

interface Entry<Said> {
  readonly strand: string;
  readonly run: () => Promise<Said>;
  /** Gets null when the line was closed. */
  readonly deliver: (outcome: Outcome<Said> | null) => void;
  outcome: Outcome<Said> | null;
  startedAt: MonoMs;
  timer: TimerHandle | null;
}

/**
 * The instants under way of one inference node. Each gets exactly one outcome, and the outcomes of a strand leave in the
 * order in which its messages came.
 *
 * Runs start as messages come; the engines work them off first in, first out. A run that takes longer than the deadline
 * is answered without its result, which is dropped when it comes; until then further instants are answered at once, for
 * nothing is gained by queueing behind a model that hangs. No deadline runs while the line is held (a model loads), and
 * none can strike a run that merely waited for a busy event loop: so in normal operation time decides nothing.
 *
 * Bounded: beyond 2048 pending instants the oldest goes out unanswered.
 */
export class InferenceLine<Said> {
  private readonly byStrand = new Map<string, Entry<Said>[]>();
  private held: Entry<Said>[] | null = null;
  private pending = 0;
  private overdue = 0;

  constructor(
    private readonly clock: Clock,
    private deadlineMs: number,
  ) {}

  setDeadline(deadlineMs: number): void {
    this.deadlineMs = deadlineMs;
  }

  /** Starts `run`, or lets it wait while the line is held. `deliver` is called exactly once. */
  submit(strand: string, run: () => Promise<Said>, deliver: Entry<Said>['deliver']): void {
    const startedAt = this.clock.mono();
    const entry: Entry<Said> = { strand, run, deliver, outcome: null, startedAt, timer: null };
    const line = this.byStrand.get(strand);
    if (line === undefined) this.byStrand.set(strand, [entry]);
    else line.push(entry);
    this.pending++;
    if (this.held !== null) this.held.push(entry);
    else this.start(entry);
    if (this.pending > MAX_PENDING) this.giveUpOldest();
  }

  /** Lets everything that comes wait for `release`. */
  hold(): void {
    this.held ??= [];
  }

  release(): void {
    const waiting = this.held ?? [];
    this.held = null;
    for (const entry of waiting) if (entry.outcome === null) this.start(entry);
  }

  /** Ends every pending instant without an outcome. */
  close(): void {
    this.held = null;
    const lines = [...this.byStrand.values()];
    this.byStrand.clear();
    this.pending = 0;
    for (const line of lines) {
      for (const entry of line) {
        if (entry.timer !== null) this.clock.cancel(entry.timer);
        entry.deliver(null);
      }
    }
  }

  private start(entry: Entry<Said>): void {
    entry.startedAt = this.clock.mono();
    if (this.overdue > 0) return this.settle(entry, null, tooSlow(this.deadlineMs));
    let running: Promise<Said>;
    try {
      running = entry.run();
    } catch (err) {
      return this.settle(entry, null, asError(err));
    }
    entry.timer = this.clock.after(this.deadlineMs, () => this.remind(entry, running));
    running.then(
      (said) => this.settle(entry, said, null),
      (err: unknown) => this.settle(entry, null, asError(err)),
    );
  }

  /** After the deadline: a run that was due in this very turn of a busy event loop still gets to end. */
  private remind(entry: Entry<Said>, running: Promise<Said>): void {
    entry.timer = this.clock.after(0, () => {
      entry.timer = null;
      if (entry.outcome !== null) return;
      this.overdue++;
      const over = (): void => void this.overdue--;
      running.then(over, over);
      this.settle(entry, null, tooSlow(this.deadlineMs));
    });
  }

  private settle(entry: Entry<Said>, said: Said | null, error: Error | null): void {
    if (entry.outcome !== null || !this.byStrand.has(entry.strand)) return;
    if (entry.timer !== null) this.clock.cancel(entry.timer);
    entry.timer = null;
    const latencyMs = this.clock.mono() - entry.startedAt;
    entry.outcome = error === null ? { said: said!, error, latencyMs } : { said: null, error, latencyMs };
    this.deliverReady(entry.strand);
  }

  private deliverReady(strand: string): void {
    const line = this.byStrand.get(strand)!;
    while (line.length > 0 && line[0]!.outcome !== null) {
      const entry = line.shift()!;
      this.pending--;
      if (line.length === 0) this.byStrand.delete(strand);
      entry.deliver(entry.outcome);
    }
  }

  private giveUpOldest(): void {
    for (const [oldest] of this.byStrand.values()) {
      return this.settle(oldest!, null, new ModelError('MODEL_SLOW', TOO_MANY));
    }
  }
}

const TOO_MANY = `more than ${MAX_PENDING} instants wait for the model: slow the replay down or use a smaller model.`;

const tooSlow = (deadlineMs: number): ModelError =>
  new ModelError('MODEL_SLOW', `the model gave no answer within ${deadlineMs / 1000} s (models.*.deadline).`);
