import type { Clock, MonoMs, TimerHandle } from '../lib/clock.js';
import { MessageError } from '../lib/errors.js';
import type { PipelineMessage, Reading } from '../lib/messages.js';
import { CastReel, earliestOf, type ReplayCast } from './cast-reel.js';
import { readingMessage } from './reading-message.js';
import { percentOf, strandState, sumOf, waitingState, type Mode, type ReplayState } from './replay-state.js';
import { Schedule } from './schedule.js';
import { TimingError } from './timing-error.js';

export interface ReplayOptions {
  /** Cast seconds per second; `Infinity` = unpaced. */
  readonly speed: number;
  readonly loop: boolean;
  /** Readings sent in one turn of the event loop at most. */
  readonly batch: number;
  /** s of cast time. */
  readonly startOffset: number;
}

export interface ReplayOutput {
  reading(message: PipelineMessage<Reading>): void;
  state(state: ReplayState): void;
  /** A cast that can't be read any further; the others go on. */
  problem(error: Error): void;
}

/** Least time between two states while playing, ms. */
const STATE_INTERVAL_MS = 1000;

/**
 * Plays recorded casts as live streams, several strands on one schedule, in the order of cast time. What is sent depends
 * on the casts alone, when it is sent on the speed.
 *
 * Bounded in every direction: at most `batch` readings a turn, few rows read ahead, no row taken before it is sent. So a
 * flow that can't keep up slows the replay down, and nothing queues up.
 */
export class Replay {
  private mode: Mode = 'stopped';
  private casts: readonly ReplayCast[] = [];
  private reels: readonly CastReel[] = [];
  private readonly schedule: Schedule;
  private readonly timing = new TimingError();
  private passes = 0;
  private sentBefore = 0;
  private timer: TimerHandle | null = null;
  private stateTimer: TimerHandle | null = null;
  private pausedAt = 0;
  /** s of cast time that a seek went to; null otherwise. */
  private soughtTo: number | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly options: ReplayOptions,
    private readonly output: ReplayOutput,
  ) {
    this.schedule = new Schedule(clock, options.speed);
  }

  get speed(): number {
    return this.schedule.speed;
  }

  /** Takes other casts; plays on from their start if it was playing. */
  load(casts: readonly ReplayCast[]): void {
    this.casts = casts;
    this.reset();
  }

  /** Plays from the start, or goes on after a pause. */
  start(): void {
    if (this.mode === 'playing') return;
    if (this.mode === 'paused') return this.resume();
    if (this.casts.length === 0)
      throw refused('start: no cast is loaded. Send "load" with the id of a cast.');
    this.clearCounts();
    this.open(this.options.startOffset);
    this.play(this.options.startOffset);
  }

  pause(): void {
    if (this.mode === 'paused') return;
    if (this.mode !== 'playing') throw refused(`pause: nothing is playing, the replay is ${this.mode}.`);
    this.pausedAt = this.schedule.position(this.position ?? this.options.startOffset);
    this.change('paused');
  }

  resume(): void {
    if (this.mode === 'playing') return;
    if (this.mode !== 'paused')
      throw refused(`resume: nothing is paused, the replay is ${this.mode}. Send "start".`);
    this.play(this.pausedAt);
  }

  stop(): void {
    this.closeReels();
    this.change('stopped');
  }

  /** Back to the start, counts at zero; plays on if it was playing. */
  reset(): void {
    const wasPlaying = this.mode === 'playing';
    this.closeReels();
    this.clearCounts();
    this.mode = 'stopped';
    if (wasPlaying && this.casts.length > 0) this.start();
    else this.change('stopped');
  }

  /** Goes to `elapsed` s of cast time; plays on if it was playing, else waits there. */
  seek(elapsed: number): void {
    if (this.casts.length === 0) throw refused('seek: no cast is loaded. Send "load" with the id of a cast.');
    const longest = this.longest;
    if (longest !== null && elapsed > longest) {
      throw new MessageError(
        'MESSAGE_INVALID',
        `seek: expected 0..${longest} s of cast time, got ${elapsed}.`,
      );
    }
    const wasPlaying = this.mode === 'playing';
    this.open(elapsed);
    this.soughtTo = elapsed;
    if (wasPlaying) return this.play(elapsed);
    this.pausedAt = elapsed;
    this.change('paused');
  }

  setSpeed(speed: number): void {
    this.schedule.setSpeed(speed, this.position ?? this.options.startOffset);
    if (this.mode === 'playing') this.wakeAfter(0);
    this.output.state(this.state());
  }

  /** Releases files and timers; nothing is sent any more. */
  close(): void {
    this.mode = 'stopped';
    this.closeReels();
    this.cancelTimers();
  }

  state(): ReplayState {
    const strands = this.reels.length > 0 ? this.reels.map(strandState) : this.casts.map(waitingState);
    const { sent, skipped } = sumOf(strands);
    const { speed, slippedMs } = this.schedule;
    const position = this.position ?? this.soughtTo;
    return {
      state: this.mode,
      speed: speed === Infinity ? 'unpaced' : speed,
      loop: this.options.loop,
      passes: this.passes,
      position,
      percent: percentOf(position, this.longest),
      sent: this.sentBefore + sent,
      skipped,
      strands,
      timing: this.timing.report(slippedMs),
    };
  }

  /** s of cast time of the reading sent last; null before the first. */
  get position(): number | null {
    return this.reels.reduce<number | null>(
      (latest, { position }) => (position === null ? latest : Math.max(latest ?? position, position)),
      null,
    );
  }

  private get longest(): number | null {
    return this.casts.reduce<number | null>(
      (longest, { duration }) => (longest === null || duration === null ? null : Math.max(longest, duration)),
      0,
    );
  }

  private open(from: number): void {
    this.closeReels();
    this.reels = this.casts.map((cast) => {
      const reel: CastReel = new CastReel(cast, from, () => this.onRows(reel));
      return reel;
    });
  }

  private closeReels(): void {
    for (const reel of this.reels) {
      this.sentBefore += reel.sent;
      reel.close();
    }
    this.reels = [];
    this.soughtTo = null;
  }

  private clearCounts(): void {
    this.passes = this.sentBefore = 0;
    this.timing.reset();
    this.schedule.slippedMs = 0;
  }

  private play(from: number): void {
    this.schedule.start(from);
    this.change('playing');
    this.wakeAfter(0);
  }

  private change(mode: Mode): void {
    this.mode = mode;
    this.cancelTimers();
    this.tellState();
  }

  private tellState(): void {
    this.output.state(this.state());
    if (this.mode === 'playing')
      this.stateTimer = this.clock.after(STATE_INTERVAL_MS, () => this.tellState());
  }

  private onRows(reel: CastReel): void {
    if (reel.error !== null) this.output.problem(reel.error);
    if (this.mode === 'playing' && this.timer === null) this.wakeAfter(0);
  }

  private wakeAfter(delayMs: number): void {
    if (this.timer !== null) this.clock.cancel(this.timer);
    this.timer = this.clock.after(delayMs, () => this.turn());
  }

  private cancelTimers(): void {
    if (this.timer !== null) this.clock.cancel(this.timer);
    if (this.stateTimer !== null) this.clock.cancel(this.stateTimer);
    this.timer = this.stateTimer = null;
  }

  /** One turn of the event loop: sends what is due, up to the batch, and sets the timer for the rest. */
  private turn(): void {
    this.timer = null;
    for (let sent = 0; sent < this.options.batch; sent++) {
      if (this.reels.every((reel) => reel.isEnded)) return this.endPass();
      const reel = earliestOf(this.reels);
      // A strand whose rows are still being read may hold the earliest; its reel wakes this up.
      if (reel === null) return;
      const now = this.clock.mono();
      const due = this.schedule.dueOrSlip(reel.nextElapsed!, now);
      if (due > now) return this.wakeAfter(due - now);
      this.send(reel, now, due);
      if (this.mode !== 'playing' || this.timer !== null) return;
    }
    this.wakeAfter(0);
  }

  private send(reel: CastReel, now: MonoMs, due: MonoMs): void {
    if (this.schedule.speed !== Infinity) this.timing.record(now - due);
    const { strand, cast } = reel.source;
    this.output.reading(readingMessage(strand, cast, reel.take(), now));
  }

  private endPass(): void {
    this.passes++;
    // A pass that sent nothing would be followed by another at once, for ever.
    if (this.options.loop && this.reels.some(({ sent }) => sent > 0)) {
      this.open(this.options.startOffset);
      this.schedule.start(this.options.startOffset);
    } else this.change('finished');
  }
}

const refused = (message: string): MessageError => new MessageError('COMMAND_REFUSED', message);
