import type { AlarmEvent, AlarmRecord } from '../lib/alarm.js';
import type { Clock } from '../lib/clock.js';
import type { EnsemblePrediction, ModelKind, Prediction, Timings } from '../lib/messages.js';
import { LatencyHistogram } from './latency-histogram.js';
import { messageKind } from '../lib/message-kind.js';
import { ReplayWatch } from './replay-watch.js';
import { Tally } from './tally.js';

/** Strands counted one by one; further ones are counted together. */
const MAX_STRANDS = 512;
const MAX_TYPES = 128;
const MAX_STAGES = 32;
const MODELS: readonly ModelKind[] = ['baseline', 'sequence'];

/** What a message has gone through when it passes here; each stage is recorded from one kind of message only. */
const STAGES_OF_ENSEMBLE = ['feature-extract', 'ensemble'] as const;

/** Counts what passes: the one owner of all figures that grow with messages. */
export class PipelineTally {
  readonly readings = new Tally(MAX_STRANDS);
  readonly predictions = new Tally(8, [...MODELS, 'ensemble']);
  readonly alarms = new Tally(8, ['warning', 'critical']);
  readonly errors = new Tally(MAX_TYPES);
  readonly stages = new Map<string, LatencyHistogram>();
  /** From the entry of the reading to its risk, and to the alarm it caused. */
  readonly untilRisk = new LatencyHistogram();
  readonly untilAlarm = new LatencyHistogram();
  readonly replays = new ReplayWatch();
  private readingCount = 0;
  private degradedCount = 0;
  private latest: EnsemblePrediction | null = null;

  constructor(private readonly clock: Clock) {}

  get readingTotal(): number {
    return this.readingCount;
  }

  get degradedTotal(): number {
    return this.degradedCount;
  }

  /** Counts one message. Allocates nothing for a reading of a known strand. */
  observe(msg: object): void {
    const { topic, payload, timings } = msg as { topic: string; payload: unknown; timings?: Timings };
    switch (messageKind(msg)) {
      case 'reading':
        this.readingCount++;
        this.readings.add(topic);
        return this.recordStages(timings);
      case 'prediction': {
        const { kind, latencyMs } = payload as Prediction;
        this.predictions.add(kind);
        return this.recordStage(`${kind}-infer`, timings?.stages?.[`${kind}-infer`] ?? latencyMs);
      }
      case 'ensemble':
        return this.observeEnsemble(payload as EnsemblePrediction, timings);
      case 'alarm':
        return this.observeAlarm((msg as { event?: AlarmEvent }).event, payload as AlarmRecord, timings);
      case 'replay':
        return this.replays.report(payload as Record<string, unknown>);
      case 'error':
        return this.errors.add(sourceOf(msg));
      case 'features':
      case 'tensor':
      case 'other':
    }
  }

  /** Models that should have spoken and did not in the latest ensemble prediction. */
  silentModels(): ModelKind[] {
    const latest = this.latest;
    if (latest === null || !latest.degraded) return [];
    return MODELS.filter(
      (model) => (latest[model]?.probability ?? null) === null && (latest.weights?.[model] ?? 1) > 0,
    );
  }

  noModelSpeaks(): boolean {
    return this.latest !== null && this.latest.degraded && this.latest.probability === null;
  }

  endPeriod(): void {
    for (const histogram of this.stages.values()) histogram.endPeriod();
    this.untilRisk.endPeriod();
    this.untilAlarm.endPeriod();
  }

  /** Everything back to 0. What replays said of themselves stays: they won't say it again. */
  reset(): void {
    for (const tally of [this.readings, this.predictions, this.alarms, this.errors]) tally.reset();
    this.stages.clear();
    this.untilRisk.reset();
    this.untilAlarm.reset();
    this.readingCount = 0;
    this.degradedCount = 0;
    this.latest = null;
  }

  private observeEnsemble(prediction: EnsemblePrediction, timings: Timings | undefined): void {
    this.predictions.add('ensemble');
    this.latest = prediction;
    if (prediction.degraded) this.degradedCount++;
    for (const stage of STAGES_OF_ENSEMBLE) this.recordStage(stage, timings?.stages?.[stage]);
    this.recordSince(this.untilRisk, timings);
  }

  /** Only raising and escalating count; an alarm's other news are none of raised alarms. */
  private observeAlarm(
    event: AlarmEvent | undefined,
    { level }: AlarmRecord,
    timings: Timings | undefined,
  ): void {
    if (event !== 'raised' && event !== 'escalated') return;
    this.alarms.add(level);
    this.recordSince(this.untilAlarm, timings);
  }

  private recordStages(timings: Timings | undefined): void {
    const stages = timings?.stages;
    if (typeof stages !== 'object' || stages === null) return;
    for (const stage in stages) this.recordStage(stage, stages[stage]);
  }

  private recordStage(stage: string, ms: number | undefined): void {
    if (typeof ms !== 'number') return;
    let histogram = this.stages.get(stage);
    if (histogram === undefined) {
      if (this.stages.size >= MAX_STAGES) return;
      this.stages.set(stage, (histogram = new LatencyHistogram()));
    }
    histogram.record(ms);
  }

  private recordSince(histogram: LatencyHistogram, timings: Timings | undefined): void {
    if (typeof timings?.entry === 'number') histogram.record(this.clock.mono() - timings.entry);
  }
}

/** Type of the node that a catch node reports. */
function sourceOf(msg: object): string {
  const { error } = msg as { error?: { source?: { type?: unknown } } };
  const type = error?.source?.type;
  return typeof type === 'string' && type !== '' ? type : 'unknown';
}
