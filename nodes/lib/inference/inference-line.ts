import type { Clock, MonoMs, TimerHandle } from '../clock.js';
import { asError, ModelError } from '../errors.js';
import type { Answer, Answers, Explaining } from './predictor.js';

/** What came of one instant: the model's word, or why there is none. */
export type Outcome<Word> =
  | { readonly said: Word; readonly error: null; readonly latencyMs: number }
  | { readonly said: null; readonly error: Error; readonly latencyMs: number };

/** How the line reaches the model. */
export interface Runner<Ask, Word> {
  /** Most instants in one run. */
  readonly batch: number;
  /** May throw at once. */
  run(asks: readonly Ask[]): Promise<Answers<Word>>;
}

/** Instants that may be pending at once, over all strands. One holds its message and its tensor, some 40 kB. */
const MAX_PENDING = 2048;
/** Instants pending for each run of an explanation that goes into a turn beyond the first. */
const PENDING_PER_EXPLANATION = 32;
/** While predictions wait, an explanation gets a run in one turn of so many: the alarm of its strand waits for it. */
const BUSY_TURNS_PER_EXPLANATION = 4;
/** Share of the waiting instants that a turn takes at least: one of so many. */
const TURNS_TO_WORK_OFF = 8;

interface Entry<Ask, Word> {
  readonly strand: string;
  readonly ask: Ask;
  answer: Answer<Word> | null;
  error: Error | null;
  isSettled: boolean;
  startedAt: MonoMs;
  latencyMs: number;
}

/**
 * The instants under way of one inference node. Each gets exactly one outcome, and the outcomes of a strand leave in the
 * order in which its messages came.
 *
 * The engines work in this thread, so runs take turns with everything else: instants that wait together share a run, the
 * next run begins one turn of the event loop later, and explanations, which take several runs, stand back for
 * predictions. An instant that finds nothing under way runs at once. How much goes into a turn grows with what is pending: a
 * source that floods is slowed down by nothing else.
 *
 * A run that takes longer than the deadline is given up with everything behind it; until it ends, further instants are
 * answered at once, for nothing is gained by queueing behind a model that hangs. No deadline runs while the line is held
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
  private running = 0;
  private overdue = 0;
  private busyTurns = 0;
  private nextTurn: TimerHandle | null = null;
  /** Runs tell what they gave in the order in which they began. */
  private told: Promise<void> = Promise.resolve();

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
    const blank = { answer: null, error: null, isSettled: false, startedAt: this.clock.mono(), latencyMs: 0 };
    const entry: Entry<Ask, Word> = { strand, ask, ...blank };
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
    if (this.overdue > 0) this.refuseWaiting();
    else if (this.running === 0 && this.nextTurn === null) this.turn();
  }

  private turn(): void {
    this.nextTurn = null;
    const isFree = this.isHeld || this.waiting.length === 0;
    if (!isFree) this.predictSome();
    this.busyTurns = isFree ? 0 : this.busyTurns + 1;
    const least = this.busyTurns % BUSY_TURNS_PER_EXPLANATION === 0 ? 1 : 0;
    const steps = Math.max(least, Math.floor(this.pending / PENDING_PER_EXPLANATION));
    for (const entry of this.explaining.slice(0, steps)) this.explain(entry, entry.answer!.explaining!);
  }

  private predictSome(): void {
    const { batch } = this.runner;
    const most = Math.max(batch, Math.ceil(this.waiting.length / TURNS_TO_WORK_OFF));
    for (let taken = 0; taken < most && this.waiting.length > 0; taken += batch)
      this.predict(this.waiting.splice(0, batch));
  }

  private predict(entries: readonly Entry<Ask, Word>[]): void {
    const startedAt = this.clock.mono();
    for (const entry of entries) entry.startedAt = startedAt;
    this.follow(
      () => this.runner.run(entries.map(({ ask }) => ask)),
      entries,
      (answers) => {
        for (let i = 0; i < entries.length; i++) this.hear(entries[i]!, answers, i);
        answers.end();
      },
    );
  }

  private hear(entry: Entry<Ask, Word>, answers: Answers<Word>, index: number): void {
    if (entry.isSettled) return;
    try {
      entry.answer = answers.at(index);
    } catch (err) {
      return this.settle(entry, asError(err));
    }
    if (entry.answer.explaining === null) this.settle(entry, null);
    else this.explaining.push(entry);
  }

  private explain(entry: Entry<Ask, Word>, explaining: Explaining): void {
    this.follow(
      () => explaining.next(),
      [entry],
      (isOver) => {
        if (isOver && !entry.isSettled) this.settle(entry, null);
      },
    );
  }

  /** Starts a run and hands on what it gave, after the runs that began before it. */
  private follow<Result>(
    start: () => Promise<Result>,
    entries: readonly Entry<Ask, Word>[],
    tell: (result: Result) => void,
  ): void {
    const before = this.running === 0 ? null : this.told;
    this.running++;
    this.told = this.hearOf(before, start, entries, tell);
  }

  /** Never rejects. */
  private async hearOf<Result>(
    before: Promise<void> | null,
    start: () => Promise<Result>,
    entries: readonly Entry<Ask, Word>[],
    tell: (result: Result) => void,
  ): Promise<void> {
    let isOverdue = false;
    const reminder = new Reminder(this.clock, this.deadlineMs, () => {
      isOverdue = true;
      this.overdue++;
      this.refuse(entries);
      this.refuseWaiting();
    });
    try {
      const run = start();
      // Both at once, for a run that fails while another is awaited would count as a rejection nobody handles.
      tell(before === null ? await run : (await Promise.all([run, before]))[0]);
    } catch (err) {
      await before;
      for (const entry of entries) if (!entry.isSettled) this.settle(entry, asError(err));
    }
    reminder.cancel();
    if (isOverdue) this.overdue--;
    this.running--;
    if (this.running === 0) this.planTurn();
  }

  private planTurn(): void {
    this.explaining = this.explaining.filter(({ isSettled }) => !isSettled);
    const hasWork = this.explaining.length > 0 || (this.waiting.length > 0 && !this.isHeld);
    if (hasWork && this.nextTurn === null) this.nextTurn = this.clock.after(0, () => this.turn());
  }

  /** Answers without the model what would have to wait behind one that hangs. */
  private refuseWaiting(): void {
    this.refuse(this.explaining.splice(0));
    if (!this.isHeld) this.refuse(this.waiting.splice(0));
  }

  private refuse(entries: readonly Entry<Ask, Word>[]): void {
    for (const entry of entries) if (!entry.isSettled) this.settle(entry, tooSlow(this.deadlineMs));
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
      const { ask, answer, error, latencyMs } = line.shift()!;
      this.pending--;
      if (line.length === 0) this.byStrand.delete(strand);
      const outcome: Outcome<Word> =
        error === null ? { said: answer!.say(), error, latencyMs } : { said: null, error, latencyMs };
      this.deliver(ask, outcome);
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
