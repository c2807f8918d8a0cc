import type { Clock, MonoMs, TimerHandle } from '../clock.js';
import { asError, ModelError } from '../errors.js';
import type { Answer, Answers, Explaining } from './predictor.js';
import { MAX_PENDING, turnSize } from './turn-size.js';

/** What came of one instant: the model's word, or why there is none. */
export type Outcome<Word> =
  | { readonly said: Word; readonly error: null; readonly latencyMs: number }
  | { readonly said: null; readonly error: Error; readonly latencyMs: number };

/** How the line reaches the model. */
export interface Runner<Ask, Word> {
  /** Most instants in one run. */
  readonly batch: number;
  /** Rejects when it fails; never throws at once. */
  run(asks: readonly Ask[]): Promise<Answers<Word>>;
}

interface Entry<Ask, Word> {
  readonly strand: string;
  readonly ask: Ask;
  answer: Answer<Word> | null;
  error: Error | null;
  isSettled: boolean;
  startedAt: MonoMs;
  latencyMs: number;
}

interface Run<Ask, Word> {
  readonly entries: readonly Entry<Ask, Word>[];
  /** Tells what it gave; null until it has ended. */
  tell: (() => void) | null;
}

/**
 * The instants under way of one inference node. Each gets exactly one outcome, and the outcomes of a strand leave in the
 * order in which its messages came.
 *
 * The engines work in this thread, so runs take turns with everything else: instants that wait together share a run, the
 * next run begins one turn of the event loop later, and explanations, which take several runs, stand back for
 * predictions. An instant that finds nothing under way runs at once. How many runs go into a turn grows with what is pending
 * (`turn-size.ts`): a source that floods is slowed down by nothing else.
 *
 * A turn whose runs take longer than the deadline is given up with everything behind it; until they end, further instants
 * are answered at once, for nothing is gained by queueing behind a model that hangs. No deadline runs while the line is held
 * (a model loads), and none can strike a run that merely waited for a busy event loop: so in normal operation time decides
 * nothing.
 *
 * Bounded: beyond 2048 pending instants the oldest goes out unanswered.
 */
export class InferenceLine<Ask, Word> {
  private readonly byStrand = new Map<string, Entry<Ask, Word>[]>();
  private waiting: Entry<Ask, Word>[] = [];
  private explaining: Entry<Ask, Word>[] = [];
  private isHeld = false;
  private isClosed = false;
  private pending = 0;
  /** Runs of one turn, in the order in which they began; in that order they tell what they gave. */
  private readonly underWay: Run<Ask, Word>[] = [];
  private reminder: Reminder | null = null;
  private isOverdue = false;
  private busyTurns = 0;
  private nextTurn: TimerHandle | null = null;

  /** @param deliver gets each instant once; null as its outcome when the line was closed */
  constructor(
    private readonly clock: Clock,
    private deadlineMs: number,
    private readonly runner: Runner<Ask, Word>,
    private readonly deliver: (ask: Ask, outcome: Outcome<Word> | null) => void,
  ) {}

  setDeadline(deadlineMs: number): void {
    this.deadlineMs = deadlineMs;
  }

  submit(strand: string, ask: Ask): void {
    // Node-RED still hands a closed node what was on its way to it; its model may be gone.
    if (this.isClosed) return this.deliver(ask, null);
    const startedAt = this.clock.mono();
    const entry: Entry<Ask, Word> = {
      strand,
      ask,
      answer: null,
      error: null,
      isSettled: false,
      startedAt,
      latencyMs: 0,
    };
    const line = this.byStrand.get(strand);
    if (line === undefined) this.byStrand.set(strand, [entry]);
    else line.push(entry);
    this.pending++;
    this.waiting.push(entry);
    if (this.pending > MAX_PENDING) this.giveUpOldest();
    this.turnIfIdle();
  }

  /** Lets everything that comes wait for `release`; what has begun goes on. */
  hold(): void {
    this.isHeld = true;
  }

  release(): void {
    this.isHeld = false;
    this.turnIfIdle();
  }

  /** Ends every pending instant without an outcome, and whatever comes afterwards. */
  close(): void {
    this.isClosed = true;
    if (this.nextTurn !== null) this.clock.cancel(this.nextTurn);
    this.reminder?.cancel();
    const lines = [...this.byStrand.values()];
    this.byStrand.clear();
    this.waiting = [];
    this.explaining = [];
    this.pending = 0;
    for (const line of lines)
      for (const entry of line) {
        if (!entry.isSettled) entry.answer?.explaining?.drop();
        entry.isSettled = true;
        this.deliver(entry.ask, null);
      }
  }

  private turnIfIdle(): void {
    if (this.isOverdue) this.refuseWaiting();
    else if (this.underWay.length === 0 && this.nextTurn === null) this.turn();
  }

  private turn(): void {
    this.nextTurn = null;
    const { batch } = this.runner;
    const waiting = this.isHeld ? 0 : this.waiting.length;
    this.busyTurns = waiting === 0 ? 0 : this.busyTurns + 1;
    const { pending, busyTurns } = this;
    const size = turnSize({ pending, waiting, explaining: this.explaining.length, batch, busyTurns });
    for (let run = 0; run < size.predictions; run++) this.predict(this.takeWaiting(batch));
    for (const entry of this.explaining.slice(0, size.explanations))
      this.explain(entry, entry.answer!.explaining!);
    if (this.underWay.length > 0)
      this.reminder = new Reminder(this.clock, this.deadlineMs, () => this.giveUpTurn());
  }

  private takeWaiting(most: number): readonly Entry<Ask, Word>[] {
    if (this.waiting.length > most) return this.waiting.splice(0, most);
    // Not by splice, which takes 1 us: as long as all else that the line does for a lone instant.
    const all = this.waiting;
    this.waiting = [];
    return all;
  }

  private predict(entries: readonly Entry<Ask, Word>[]): void {
    const startedAt = this.clock.mono();
    for (const entry of entries) entry.startedAt = startedAt;
    const answers = this.runner.run(entries.map(({ ask }) => ask));
    this.follow(entries, answers, (given) => this.hear(entries, given));
  }

  private explain(entry: Entry<Ask, Word>, explaining: Explaining): void {
    this.follow([entry], explaining.next(), (isOver) => {
      if (isOver && !entry.isSettled) this.settle(entry, null);
    });
  }

  private follow<Result>(
    entries: readonly Entry<Ask, Word>[],
    result: Promise<Result>,
    tell: (result: Result) => void,
  ): void {
    const run: Run<Ask, Word> = { entries, tell: null };
    this.underWay.push(run);
    result.then(
      (given) => this.end(run, () => tell(given)),
      (err: unknown) => this.end(run, () => this.refuse(entries, asError(err))),
    );
  }

  /** A run has ended: it and those that waited for it tell what they gave. */
  private end(run: Run<Ask, Word>, tell: () => void): void {
    run.tell = tell;
    for (let first = this.underWay[0]; first?.tell; first = this.underWay[0]) {
      try {
        first.tell();
      } catch (err) {
        this.refuse(first.entries, asError(err));
      }
      this.underWay.shift();
    }
    if (this.underWay.length === 0) this.endTurn();
  }

  private hear(entries: readonly Entry<Ask, Word>[], answers: Answers<Word>): void {
    for (let i = 0; i < entries.length; i++) if (!entries[i]!.isSettled) this.hearOf(entries[i]!, answers, i);
    answers.end();
  }

  private hearOf(entry: Entry<Ask, Word>, answers: Answers<Word>, index: number): void {
    try {
      entry.answer = answers.at(index);
    } catch (err) {
      return this.settle(entry, asError(err));
    }
    if (entry.answer.explaining === null) this.settle(entry, null);
    else this.explaining.push(entry);
  }

  private endTurn(): void {
    this.reminder?.cancel();
    this.isOverdue = false;
    this.explaining = this.explaining.filter(({ isSettled }) => !isSettled);
    const hasWork = this.explaining.length > 0 || (this.waiting.length > 0 && !this.isHeld);
    if (hasWork) this.nextTurn = this.clock.after(0, () => this.turn());
  }

  private giveUpTurn(): void {
    this.isOverdue = true;
    for (const { entries } of this.underWay) this.refuse(entries, tooSlow(this.deadlineMs));
    this.refuseWaiting();
  }

  /** Answers without the model what would have to wait behind one that hangs. */
  private refuseWaiting(): void {
    this.refuse(this.explaining.splice(0), tooSlow(this.deadlineMs));
    if (!this.isHeld) this.refuse(this.waiting.splice(0), tooSlow(this.deadlineMs));
  }

  private refuse(entries: readonly Entry<Ask, Word>[], error: Error): void {
    for (const entry of entries) if (!entry.isSettled) this.settle(entry, error);
  }

  private settle(entry: Entry<Ask, Word>, error: Error | null): void {
    if (error !== null) entry.answer?.explaining?.drop();
    entry.error = error;
    entry.isSettled = true;
    entry.latencyMs = this.clock.mono() - entry.startedAt;
    this.deliverReady(entry.strand);
  }

  private deliverReady(strand: string): void {
    const line = this.byStrand.get(strand);
    while (line !== undefined && line[0]?.isSettled === true) {
      const entry = line.shift()!;
      this.pending--;
      if (line.length === 0) this.byStrand.delete(strand);
      this.deliver(entry.ask, this.outcomeOf(entry));
    }
  }

  private outcomeOf({ answer, error, latencyMs }: Entry<Ask, Word>): Outcome<Word> {
    if (error !== null) return { said: null, error, latencyMs };
    try {
      return { said: answer!.say(), error, latencyMs };
    } catch (err) {
      return { said: null, error: asError(err), latencyMs };
    }
  }

  private giveUpOldest(): void {
    for (const [oldest] of this.byStrand.values()) {
      this.waiting = this.waiting.filter((entry) => entry !== oldest);
      return this.settle(oldest!, new ModelError('MODEL_SLOW', TOO_MANY));
    }
  }
}

/** Calls after the deadline, unless the run that was due in that very turn of a busy event loop has ended. */
class Reminder {
  private timer: TimerHandle;

  constructor(
    private readonly clock: Clock,
    deadlineMs: number,
    remind: () => void,
  ) {
    this.timer = clock.after(deadlineMs, () => (this.timer = clock.after(0, remind)));
  }

  cancel(): void {
    this.clock.cancel(this.timer);
  }
}

const TOO_MANY = `more than ${MAX_PENDING} instants wait for the model: slow the replay down or use a smaller model.`;

const tooSlow = (deadlineMs: number): ModelError =>
  new ModelError('MODEL_SLOW', `the model gave no answer within ${deadlineMs / 1000} s (models.*.deadline).`);
