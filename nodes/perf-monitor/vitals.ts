import type { MonoMs } from '../lib/clock.js';
import type { HealthLimits } from '../lib/config/health.js';
import type { LatencyHistogram } from './latency-histogram.js';
import { judgeHealth, type Health, type HealthFacts } from './health-rules.js';
import type { PipelineTally } from './pipeline-tally.js';
import { RateMeter } from './rate-meter.js';
import type { ReplayTiming } from './replay-watch.js';

/** What the process says of itself at one moment. */
export interface ProcessFigures {
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
  /** 99th percentile since the last look, ms. */
  readonly eventLoopDelayMs: number;
}

export interface Latency {
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

/** The figures of the last minute, as sent from the second output and shown at the health endpoint. */
export interface Snapshot {
  readonly health: Health;
  readonly rates: {
    readonly readingsPerSecond: number;
    readonly predictionsPerSecond: number;
    /** Instants between the entry of their reading and their risk, on average. */
    readonly queueDepth: number;
  };
  readonly latency: {
    readonly untilRisk: Latency;
    readonly untilAlarm: Latency;
    readonly stages: Readonly<Record<string, Latency>>;
  };
  readonly counts: {
    readonly readings: number;
    readonly predictions: Readonly<Record<string, number>>;
    readonly alarmsRaised: Readonly<Record<string, number>>;
    readonly errors: Readonly<Record<string, number>>;
    readonly degradedPredictions: number;
  };
  /** The replay that keeps its schedule worst; null when none has reported. */
  readonly replay: ReplayTiming | null;
  readonly process: {
    readonly rssMb: number;
    readonly heapUsedMb: number;
    readonly eventLoopDelayMs: number;
    readonly uptimeS: number;
  };
}

/** Looks per minute, and looks until the recent latencies move on by one of their six periods. */
const LOOKS = 60;
const LOOKS_PER_PERIOD = 10;
const MB = 1e6;

/** Looks at the tally once a second and says how the system does. Figures reach back one minute. */
export class Vitals {
  private readonly readings = new RateMeter(LOOKS + 1);
  private readonly predictions = new RateMeter(LOOKS + 1);
  private readonly errors = new RateMeter(LOOKS + 1);
  private readonly degraded = new RateMeter(LOOKS + 1);
  private readonly ensembles = new RateMeter(LOOKS + 1);
  /** Seconds spent in flight per second are the number in flight (Little, Operations Research 9(3), 1961). */
  private readonly inFlight = new RateMeter(LOOKS + 1);
  private looks = 0;
  private lastReadingAt: MonoMs;
  private lastReadingTotal = 0;
  private now: MonoMs;
  private figures: ProcessFigures = { rssBytes: 0, heapUsedBytes: 0, eventLoopDelayMs: 0 };

  constructor(
    private readonly tally: PipelineTally,
    private readonly startedAt: MonoMs,
  ) {
    this.now = startedAt;
    this.lastReadingAt = startedAt;
  }

  /** To be called once a second. */
  look(now: MonoMs, figures: ProcessFigures): void {
    this.now = now;
    this.figures = figures;
    if (this.tally.readingTotal !== this.lastReadingTotal || this.tally.replays.isPlaying() === false) {
      this.lastReadingTotal = this.tally.readingTotal;
      this.lastReadingAt = now;
    }
    this.readings.sample(this.tally.readingTotal, now);
    this.predictions.sample(this.tally.predictions.total(), now);
    this.errors.sample(this.tally.errors.total(), now);
    this.degraded.sample(this.tally.degradedTotal, now);
    this.ensembles.sample(this.tally.predictions.countOf('ensemble'), now);
    this.inFlight.sample(this.tally.untilRisk.sumSeconds, now);
    if (++this.looks % LOOKS_PER_PERIOD === 0) this.tally.endPeriod();
  }

  health(limits: HealthLimits): Health {
    return judgeHealth(this.facts(), limits);
  }

  snapshot(limits: HealthLimits): Snapshot {
    const { tally } = this;
    return {
      health: this.health(limits),
      rates: this.rates(),
      latency: {
        untilRisk: latencyOf(tally.untilRisk),
        untilAlarm: latencyOf(tally.untilAlarm),
        stages: Object.fromEntries([...tally.stages].map(([stage, all]) => [stage, latencyOf(all)])),
      },
      counts: {
        readings: tally.readingTotal,
        predictions: Object.fromEntries(tally.predictions.entries()),
        alarmsRaised: Object.fromEntries(tally.alarms.entries()),
        errors: Object.fromEntries(tally.errors.entries()),
        degradedPredictions: tally.degradedTotal,
      },
      replay: tally.replays.timing(),
      process: this.process(),
    };
  }

  rates(): Snapshot['rates'] {
    return {
      readingsPerSecond: this.readings.perSecond(),
      predictionsPerSecond: this.predictions.perSecond(),
      queueDepth: this.inFlight.perSecond(),
    };
  }

  process(): Snapshot['process'] {
    const { rssBytes, heapUsedBytes, eventLoopDelayMs } = this.figures;
    return {
      rssMb: rssBytes / MB,
      heapUsedMb: heapUsedBytes / MB,
      eventLoopDelayMs,
      uptimeS: (this.now - this.startedAt) / 1000,
    };
  }

  reset(): void {
    this.tally.reset();
    const { readings, predictions, errors, degraded, ensembles, inFlight } = this;
    for (const meter of [readings, predictions, errors, degraded, ensembles, inFlight]) meter.reset();
    this.lastReadingTotal = 0;
    this.lastReadingAt = this.now;
  }

  private facts(): HealthFacts {
    const { tally, figures } = this;
    const ensembles = this.ensembles.perSecond();
    const isDue = tally.replays.isPlaying() ?? tally.readingTotal > 0;
    return {
      latencyP99Ms: highest(tally.untilRisk.recentQuantile(0.99), tally.untilAlarm.recentQuantile(0.99)),
      eventLoopDelayMs: figures.eventLoopDelayMs,
      memoryMb: figures.rssBytes / MB,
      errorsPerMinute: 60 * this.errors.perSecond(),
      degradedShare: ensembles > 0 ? this.degraded.perSecond() / ensembles : null,
      silenceS: isDue ? (this.now - this.lastReadingAt) / 1000 : null,
      isPlaying: tally.replays.isPlaying() === true,
      silentModels: tally.silentModels(),
      noModelSpeaks: tally.noModelSpeaks(),
    };
  }
}

function latencyOf(histogram: LatencyHistogram): Latency {
  return {
    count: histogram.recentCount(),
    p50Ms: histogram.recentQuantile(0.5),
    p95Ms: histogram.recentQuantile(0.95),
    p99Ms: histogram.recentQuantile(0.99),
  };
}

const highest = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.max(one, other);
