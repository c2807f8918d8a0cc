import type { Clock, MonoMs } from '../../lib/clock.js';
import type { StrandWatchConfig } from '../../lib/config/schema.js';
import type { SeriesMark, StrandDetail, StrandSummary } from '../../lib/dashboard.js';
import type { CastInfo, EnsemblePrediction, PipelineMessage, Reading, WarmUp } from '../../lib/messages.js';
import type { ProcessAssessment } from '../../lib/process-state.js';
import { RiskMemory } from './risk-memory.js';
import { StrandRisk } from './strand-risk.js';
import { StrandTrends } from './strand-trends.js';

/** More points than this no screen can show apart. */
const MOST_ROWS = 4000;

/** What is kept of one strand. */
export class FeedStrand {
  heardAt: MonoMs;
  readonly memory = new RiskMemory();
  private readonly risk = new StrandRisk();
  private trends: StrandTrends;
  private cast: CastInfo | null = null;
  private process: ProcessAssessment['states'] = [];
  private warmUp: WarmUp | null = null;
  private historyMs: number;
  private hasReadings = false;

  constructor(
    readonly name: string,
    config: StrandWatchConfig,
    private readonly clock: Clock,
  ) {
    this.heardAt = clock.mono();
    this.historyMs = 1000 * config.dashboard.history;
    this.trends = trendsFor(config);
  }

  /** What is kept stays, unless the sensors or the distance of the points have changed. */
  configure(config: StrandWatchConfig): void {
    this.historyMs = 1000 * config.dashboard.history;
    const fresh = trendsFor(config);
    const { sensors, intervalMs, capacity } = this.trends;
    const isSame =
      fresh.intervalMs === intervalMs &&
      fresh.capacity === capacity &&
      fresh.sensors.length === sensors.length &&
      fresh.sensors.every((name, index) => name === sensors[index]);
    if (!isSame) this.trends = fresh;
  }

  addReading(message: PipelineMessage<Reading>): void {
    this.heardAt = this.clock.mono();
    this.hasReadings = true;
    this.cast = message.cast;
    this.trends.add(message);
  }

  addRisk(message: PipelineMessage<EnsemblePrediction>): void {
    this.heardAt = this.clock.mono();
    this.cast = message.cast;
    this.process = message.process?.states ?? [];
    this.warmUp = message.warmUp ?? null;
    this.risk.add(message, this.historyMs);
    this.memory.add(message.timestamp, message.payload.probability, this.risk.currentRun);
  }

  detail(risk: SeriesMark | null, trends: SeriesMark | null): StrandDetail {
    return {
      strand: this.name,
      risk: this.risk.latest === null ? null : this.risk.since(risk),
      trends: this.hasReadings ? this.trends.since(trends) : null,
      latest: this.risk.latest,
    };
  }

  summary(now: MonoMs): StrandSummary {
    const { latest } = this.risk;
    const {
      castId = '',
      heat = null,
      grade = null,
      mold = null,
      elapsed = null,
      position = null,
    } = this.cast ?? {};
    return {
      strand: this.name,
      ...{ castId, heat, grade, mold, elapsed, positionM: position },
      timestamp: Math.max(latest?.timestamp ?? 0, this.hasReadings ? this.trends.timestamp : 0),
      silentMs: Math.round(now - this.heardAt),
      risk: latest?.probability ?? null,
      degraded: latest?.degraded ?? false,
      fallback: latest?.fallback ?? false,
      confidence: latest?.confidence ?? null,
      warmUp: this.warmUp === null ? null : { seconds: this.warmUp.seconds, of: this.warmUp.of },
      process: this.process.map(({ state, text }) => ({ state, text })),
      sensors: this.trends.counts,
      reason: latest?.baseline?.contributions?.find(({ contribution }) => contribution > 0) ?? null,
    };
  }
}

function trendsFor({ sensors, dashboard }: StrandWatchConfig): StrandTrends {
  const rows = Math.ceil(dashboard.history / dashboard.chart_interval) + 1;
  return new StrandTrends(
    sensors.map(({ name }) => name),
    1000 * dashboard.chart_interval,
    Math.min(rows, MOST_ROWS),
  );
}
