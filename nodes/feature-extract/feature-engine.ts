import { isDeepStrictEqual } from 'node:util';
import type { CastMs } from '../lib/clock.js';
import type { GradeConfig } from '../lib/config/process.js';
import type { StrandWatchConfig, StreamingConfig } from '../lib/config/schema.js';
import { MessageError } from '../lib/errors.js';
import { numberOrNaN, type PipelineMessage, type Reading, type WarmUp } from '../lib/messages.js';
import type { ProcessAssessment } from '../lib/process-state.js';
import { isBad } from '../lib/quality.js';
import type { RuleAssessment } from '../lib/rules/rule-assessment.js';
import { RuleBook } from '../lib/rules/rule-book.js';
import type { FeaturePlan } from './feature-plan.js';
import { InputConfidence } from './input-confidence.js';
import { inputWeights } from './input-weights.js';
import { blankSample, PendingSamples, type Sample } from './pending-samples.js';
import { ProcessWatch } from './process-state/process-watch.js';
import { StrandFeatures } from './strand-features.js';

interface StrandState {
  readonly castId: string;
  grade: string | undefined;
  readonly features: StrandFeatures;
  readonly confidence: InputConfidence;
  watch: ProcessWatch;
  /** Samples that features, confidence and watch don't know of yet. */
  readonly pending: PendingSamples;
  /** Time of the first sample; samples lie on a grid from here. */
  readonly origin: CastMs;
  /** Place of the latest sample on the grid. */
  sample: number;
  /** The latest instant's number: how many whole intervals since the epoch. */
  instant: number;
  lastSeen: CastMs;
  /** From the strand's cast time to the common axis, ms. */
  readonly offsetMs: number;
}

type Timing = Pick<StreamingConfig, 'inference_interval' | 'max_strands' | 'idle_timeout'>;

/** What is said of an instant beside its features. */
export interface Judgement {
  readonly process: ProcessAssessment;
  readonly rules: RuleAssessment;
  /** Share of the models' inputs that rests on good sensors, 0..1. */
  readonly confidence: number;
  /** Until the longest window is full. */
  readonly warmUp: WarmUp | undefined;
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
 *
 * Between instants samples only wait: they are taken in together when somebody asks, or when there are many. What is said of an
 * instant is the same, for each sample is taken in by itself and in its order.
 */
export class FeatureEngine {
  private readonly strands = new Map<string, StrandState>();
  /** Of the reading at hand, and the one that is worked off. */
  private readonly arrived: Sample;
  private readonly taken: Sample;
  private readonly noValues: Float64Array;
  private readonly noTrust: Float64Array;
  private readonly weights: Float64Array;
  private rules: RuleBook;
  private config: StrandWatchConfig;
  private intervalMs = 0;
  private maxStrands = 0;
  private idleTimeoutMs = 0;
  /** How far cast time has gone over all strands, ms: their casts may lie years apart. */
  private axisMs = 0;

  constructor(readonly plan: FeaturePlan) {
    this.arrived = blankSample(plan.sensors.length);
    this.taken = blankSample(plan.sensors.length);
    this.noValues = new Float64Array(plan.sensors.length).fill(NaN);
    this.noTrust = new Float64Array(plan.sensors.length);
    this.weights = inputWeights(plan);
    this.config = plan.config;
    this.rules = new RuleBook(plan.config.rules, plan.names);
    this.retime(plan.config.streaming);
  }

  /** Takes over settings that leave the windows as they are. */
  retime({ inference_interval, max_strands, idle_timeout }: Timing): void {
    this.intervalMs = inference_interval * 1000;
    this.maxStrands = max_strands;
    this.idleTimeoutMs = idle_timeout * 1000;
    for (const state of this.strands.values()) state.instant = Math.floor(state.lastSeen / this.intervalMs);
  }

  /** Takes over rules and process states; states are looked for afresh where they are told in another way. */
  judgeBy(config: StrandWatchConfig): void {
    this.rules = new RuleBook(config.rules, this.plan.names);
    const isSame = isDeepStrictEqual(config.states, this.config.states);
    this.config = config;
    if (isSame) return;
    for (const state of this.strands.values()) {
      this.workOff(state);
      state.watch = new ProcessWatch(config);
    }
  }

  /** @throws MessageError STRAND_LIMIT when there is no room for another strand */
  accept(message: PipelineMessage<Reading>): Outcome {
    const { topic, timestamp, cast, payload, quality } = message;
    const { sensors } = this.plan;
    const { values, trust } = this.arrived;
    for (let i = 0; i < sensors.length; i++) {
      const sensor = sensors[i]!;
      const said = quality?.[sensor];
      const value = isBad(said) ? NaN : numberOrNaN(payload[sensor]);
      values[i] = value;
      trust[i] = value !== value ? 0 : said === undefined || said === 'good' ? 1 : 0.5;
    }
    return this.push(topic, timestamp, cast.castId, cast.grade, cast.phase);
  }

  private push(
    strand: string,
    timestamp: CastMs,
    castId: string,
    grade: string | undefined,
    phase: string | undefined,
  ): Outcome {
    let state = this.strands.get(strand);
    if (state !== undefined && !this.continues(state, timestamp, castId)) {
      this.strands.delete(strand);
      state = undefined;
    }
    state ??= this.start(strand, timestamp, castId);
    if (grade !== state.grade) {
      this.workOff(state);
      state.grade = grade;
      state.features.setGrade(this.practiceOf(grade));
    }
    this.axisMs = Math.max(this.axisMs, timestamp + state.offsetMs);
    state.lastSeen = timestamp;
    const sample = this.sampleAt(state, timestamp);
    if (sample === state.sample) return 'repeated';
    this.arrived.timestamp = timestamp;
    this.arrived.phase = phase;
    this.arrived.missing = sample - state.sample - 1;
    if (state.pending.isFull) this.workOff(state);
    state.pending.add(this.arrived);
    state.sample = sample;
    const instant = Math.floor(timestamp / this.intervalMs);
    if (instant === state.instant) return 'taken';
    state.instant = instant;
    return 'due';
  }

  /** The strand's state, for what is due. */
  of(strand: string): StrandFeatures {
    const state = this.strands.get(strand)!;
    this.workOff(state);
    return state.features;
  }

  /** What is said of the strand's latest instant beside its features. @param numbers its features, in the plan's order */
  judge(strand: string, numbers: Float64Array): Judgement {
    const state = this.strands.get(strand)!;
    this.workOff(state);
    return {
      process: state.watch.assessment,
      rules: this.rules.judge(numbers),
      confidence: state.confidence.value,
      warmUp: this.warmUpOf(state),
    };
  }

  get size(): number {
    return this.strands.size;
  }

  /** Forgets a strand, or all. */
  reset(strand?: string): void {
    if (strand === undefined) this.strands.clear();
    else this.strands.delete(strand);
  }

  private warmUpOf({ sample, origin }: StrandState): WarmUp | undefined {
    const { reach, sampleMs } = this.plan;
    if (sample + 1 >= reach) return undefined;
    return { since: origin, seconds: ((sample + 1) * sampleMs) / 1000, of: (reach * sampleMs) / 1000 };
  }

  private workOff({ pending, features, confidence, watch }: StrandState): void {
    pending.workOff(this.taken, ({ values, trust, timestamp, phase, missing }) => {
      for (let sample = 0; sample < missing; sample++) {
        features.push(this.noValues);
        confidence.push(this.noTrust);
        watch.push(this.noValues, timestamp, phase);
      }
      features.push(values);
      confidence.push(trust);
      watch.push(values, timestamp, phase);
    });
  }

  private continues(state: StrandState, timestamp: CastMs, castId: string): boolean {
    const sample = this.sampleAt(state, timestamp);
    return castId === state.castId && timestamp >= state.lastSeen && sample - state.sample <= this.plan.reach;
  }

  private start(strand: string, timestamp: CastMs, castId: string): StrandState {
    this.makeRoom();
    const state: StrandState = {
      castId,
      grade: undefined,
      features: new StrandFeatures(this.plan),
      confidence: new InputConfidence(this.weights, this.plan.sampleMs / 1000),
      watch: new ProcessWatch(this.config),
      pending: new PendingSamples(this.plan.sensors.length),
      origin: timestamp,
      sample: -1,
      // Due at once when the first reading lies on the grid.
      instant: Math.ceil(timestamp / this.intervalMs) - 1,
      lastSeen: timestamp,
      offsetMs: this.axisMs - timestamp,
    };
    this.strands.set(strand, state);
    return state;
  }

  private practiceOf(grade: string | undefined): GradeConfig | null {
    const grades = this.plan.process?.grades ?? {};
    return grade !== undefined && Object.hasOwn(grades, grade) ? grades[grade]! : null;
  }

  private makeRoom(): void {
    if (this.strands.size < this.maxStrands) return;
    for (const [name, { lastSeen, offsetMs }] of this.strands)
      if (this.axisMs - (lastSeen + offsetMs) > this.idleTimeoutMs) this.strands.delete(name);
    if (this.strands.size >= this.maxStrands)
      throw new MessageError(
        'STRAND_LIMIT',
        `msg.topic: expected one of ${this.maxStrands} strands, got one more. Raise streaming.max_strands, or check that msg.topic is a strand id.`,
      );
  }

  private sampleAt({ origin }: StrandState, timestamp: CastMs): number {
    return Math.round((timestamp - origin) / this.plan.sampleMs);
  }
}
