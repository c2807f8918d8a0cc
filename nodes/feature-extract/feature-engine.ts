import type { CastMs } from '../lib/clock.js';
import { MessageError } from '../lib/errors.js';
import { numberOrNaN, type PipelineMessage, type Reading } from '../lib/messages.js';
import { isBad } from '../lib/quality.js';
import type { FeaturePlan } from './feature-plan.js';
import { StrandFeatures } from './strand-features.js';

interface StrandState {
  readonly castId: string;
  grade: string | undefined;
  readonly features: StrandFeatures;
  /** Time of the first sample; samples lie on a grid from here. */
  readonly origin: CastMs;
  /** Place of the latest sample on the grid. */
  sample: number;
  /** The latest instant's number: how many whole intervals since the epoch. */
  instant: number;
  lastSeen: CastMs;
}

/** What became of a reading. */
export type Outcome =
  /** Taken in; no instant was crossed. */
  | 'taken'
  /** Taken in, and an instant was crossed: features are due. */
  | 'due'
  /** Its place on the time base was already taken. */
  | 'repeated';

/**
 * Features of many strands, on cast time alone.
 *
 * A strand starts over when the cast changes, when time runs backwards (a seek, a restart), or when it jumps forward past
 * everything it remembers. A shorter gap is told as missing samples. Bounded by `streaming.max_strands`; a strand that was silent
 * for `streaming.idle_timeout` of cast time makes room.
 */
export class FeatureEngine {
  private readonly strands = new Map<string, StrandState>();
  private readonly sensors: Float64Array;
  private readonly missing: Float64Array;

  constructor(readonly plan: FeaturePlan) {
    this.sensors = new Float64Array(plan.sensors.length);
    this.missing = new Float64Array(plan.sensors.length).fill(NaN);
  }

  /** @throws MessageError STRAND_LIMIT when there is no room for another strand */
  accept(message: PipelineMessage<Reading>): Outcome {
    const { topic, timestamp, cast, payload, quality } = message;
    const { sensors } = this.plan;
    for (let i = 0; i < sensors.length; i++) {
      const sensor = sensors[i]!;
      this.sensors[i] = isBad(quality?.[sensor]) ? NaN : numberOrNaN(payload[sensor]);
    }
    return this.push(topic, timestamp, cast?.castId ?? '', cast?.grade, this.sensors);
  }

  /** As `accept`, for samples that are already numbers in the plan's order. */
  push(
    strand: string,
    timestamp: CastMs,
    castId: string,
    grade: string | undefined,
    sensors: Float64Array,
  ): Outcome {
    let state = this.strands.get(strand);
    if (state !== undefined && !this.continues(state, timestamp, castId)) {
      this.strands.delete(strand);
      state = undefined;
    }
    state ??= this.start(strand, timestamp, castId);
    if (grade !== state.grade) {
      state.grade = grade;
      state.features.setGrade(grade === undefined ? null : (this.plan.process?.grades[grade] ?? null));
    }
    state.lastSeen = timestamp;
    const sample = this.sampleAt(state, timestamp);
    if (sample === state.sample) return 'repeated';
    for (let at = state.sample + 1; at < sample; at++) state.features.push(this.missing);
    state.features.push(sensors);
    state.sample = sample;
    const instant = Math.floor(timestamp / this.plan.intervalMs);
    if (instant === state.instant) return 'taken';
    state.instant = instant;
    return 'due';
  }

  /** The strand's state, for what is due. */
  of(strand: string): StrandFeatures {
    return this.strands.get(strand)!.features;
  }

  get size(): number {
    return this.strands.size;
  }

  /** Forgets a strand, or all. */
  reset(strand?: string): void {
    if (strand === undefined) this.strands.clear();
    else this.strands.delete(strand);
  }

  private continues(state: StrandState, timestamp: CastMs, castId: string): boolean {
    const sample = this.sampleAt(state, timestamp);
    return castId === state.castId && timestamp >= state.lastSeen && sample - state.sample <= this.plan.reach;
  }

  private start(strand: string, timestamp: CastMs, castId: string): StrandState {
    this.makeRoom(timestamp);
    const state: StrandState = {
      castId,
      grade: undefined,
      features: new StrandFeatures(this.plan),
      origin: timestamp,
      sample: -1,
      // Due at once when the first reading lies on the grid.
      instant: Math.ceil(timestamp / this.plan.intervalMs) - 1,
      lastSeen: timestamp,
    };
    this.strands.set(strand, state);
    return state;
  }

  private makeRoom(now: CastMs): void {
    const { max_strands: most, idle_timeout: idleS } = this.plan.config.streaming;
    if (this.strands.size < most) return;
    for (const [name, { lastSeen }] of this.strands)
      if (now - lastSeen > idleS * 1000) this.strands.delete(name);
    if (this.strands.size >= most)
      throw new MessageError(
        'STRAND_LIMIT',
        `msg.topic: expected one of ${most} strands, got one more. Raise streaming.max_strands, or check that msg.topic is a strand id.`,
      );
  }

  private sampleAt({ origin }: StrandState, timestamp: CastMs): number {
    return Math.round((timestamp - origin) / this.plan.sampleMs);
  }
}
