import type { CastEntry } from '../../nodes/cast-replay/cast-library-file.js';
import { castReadings } from '../../nodes/cast-replay/cast-readings-file.js';
import { FeatureEngine } from '../../nodes/feature-extract/feature-engine.js';
import { planFeatures } from '../../nodes/feature-extract/feature-plan.js';
import { resultMessage } from '../../nodes/feature-extract/result-message.js';
import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
import type { PipelineMessage, Reading } from '../../nodes/lib/messages.js';
import { bufferSettings } from '../../nodes/sensor-buffer/buffer-settings.js';
import { SensorBuffer } from '../../nodes/sensor-buffer/sensor-buffer-core.js';
import { AskedModels, type Due } from './asked-models.js';
import { DeskRun, type ActiveAlarm } from './desk-run.js';
import type { ServedModels } from './served-models-file.js';
import { SOURCES, type Source } from './sources.js';

/** What was said of one cast. */
export interface PlayedCast {
  /** Instants of prediction, s of the cast. */
  readonly seconds: Float64Array;
  /** Per source and instant, 0..1; NaN where the source could not say. */
  readonly scores: Readonly<Record<Source, Float64Array>>;
  readonly alarms: readonly ActiveAlarm[];
  /** Why models were silent, each reason once. */
  readonly problems: readonly string[];
}

/**
 * Plays a cast through the cores of the nodes as fast as they go: sensor buffer, features, models, ensemble, alarm desk.
 * No clock takes part, so the same cast, models and configuration give the same result.
 * @throws CastError, ConfigError, ModelError
 */
export async function playCast(
  cast: CastEntry,
  config: StrandConfigNode,
  served: ServedModels,
): Promise<PlayedCast> {
  const current = config.current!;
  const engine = new FeatureEngine(planFeatures(current));
  const buffer = new SensorBuffer(bufferSettings(current));
  const models = new AskedModels(config, served);
  const desk = new DeskRun(config);
  const said = new Said();
  const due: Due[] = [];
  const regular = {
    reading(reading: PipelineMessage<Reading>): void {
      if (engine.accept(reading) !== 'due') return;
      const strand = engine.of(reading.topic);
      const numbers = strand.numbers();
      const judgement = engine.judge(reading.topic, numbers);
      due.push({
        features: resultMessage(reading, strand.features(numbers), judgement),
        sequence: resultMessage(reading, strand.snapshot(), judgement),
      });
    },
  };
  const answer = async (): Promise<void> => {
    for (const instant of due.splice(0)) {
      const message = await models.ask(instant);
      said.note(message);
      desk.take(message);
    }
  };
  for await (const raw of castReadings(cast, { sensors: current.sensors, csv: current.streaming.csv })) {
    buffer.accept(raw, regular);
    await answer();
  }
  buffer.flush(regular);
  await answer();
  return { ...said.tables(), alarms: desk.alarms() };
}

/** Collects the scores of a cast. */
class Said {
  private readonly seconds: number[] = [];
  private readonly scores = Object.fromEntries(SOURCES.map((source) => [source, [] as number[]])) as Record<
    Source,
    number[]
  >;
  private readonly problems = new Set<string>();

  note({ cast, payload }: Parameters<DeskRun['take']>[0]): void {
    const { baseline, sequence, rules } = payload;
    this.seconds.push(cast.elapsed);
    this.scores.rules.push(rules?.score ?? NaN);
    this.scores.baseline.push(baseline?.probability ?? NaN);
    this.scores.sequence.push(sequence?.probability ?? NaN);
    this.scores.ensemble.push(payload.probability ?? NaN);
    for (const prediction of [baseline, sequence])
      if (prediction?.reason !== undefined) this.problems.add(`${prediction.kind}: ${prediction.reason}`);
  }

  tables(): Omit<PlayedCast, 'alarms'> {
    const scores = Object.fromEntries(
      SOURCES.map((source) => [source, Float64Array.from(this.scores[source])]),
    ) as Record<Source, Float64Array>;
    return { seconds: Float64Array.from(this.seconds), scores, problems: [...this.problems] };
  }
}
