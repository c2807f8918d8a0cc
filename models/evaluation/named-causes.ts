import { predictBaseline } from '../../nodes/baseline-infer/predict-baseline.js';
import { combine } from '../../nodes/ensemble/combine.js';
import { FeatureEngine, type Judgement } from '../../nodes/feature-extract/feature-engine.js';
import { planFeatures } from '../../nodes/feature-extract/feature-plan.js';
import type { StrandWatchConfig } from '../../nodes/lib/config/schema.js';
import { predictionMessage } from '../../nodes/lib/inference/prediction-message.js';
import type { PredictorSettings, Said } from '../../nodes/lib/inference/predictor.js';
import type {
  EnsemblePrediction,
  FeatureVector,
  ModelKind,
  PipelineMessage,
  Prediction,
  Reading,
  Sequence,
} from '../../nodes/lib/messages.js';
import type { LoadedModel } from '../../nodes/lib/model-node.js';
import { bufferSettings } from '../../nodes/sensor-buffer/buffer-settings.js';
import { SensorBuffer } from '../../nodes/sensor-buffer/sensor-buffer-core.js';
import { predictSequence } from '../../nodes/sequence-infer/predict-sequence.js';
import type { CastEvent } from '../simulator/labels.js';
import type { Cast } from '../simulator/run.js';
import { simulatedReadings } from './simulated-readings.js';

/** What was said of an event whose cause is known; null when the event was missed. */
export interface NamedEvent {
  readonly castId: string;
  readonly event: CastEvent;
  /** The prediction that raises the alarm: the first in the event above the warning threshold. */
  readonly raised: EnsemblePrediction | null;
  /** The one with the highest risk in the event. */
  readonly peak: EnsemblePrediction | null;
}

export type Models = Readonly<Record<ModelKind, LoadedModel>>;

/** The models' inputs at an instant, and what was said of it beside them. */
interface Instant {
  readonly reading: PipelineMessage;
  readonly features: FeatureVector;
  readonly sequence: Sequence;
  readonly judgement: Judgement;
}

type Ask = (instant: Instant) => Promise<EnsemblePrediction>;

/** Asks both models and joins what they say, by the cores of the nodes. `explains`: with contributions, which cost most. */
function ensembleOf(config: StrandWatchConfig, models: Models, explains: boolean): Ask {
  const { step } = config.features.sequence;
  const settings = (kind: ModelKind): PredictorSettings => {
    const { explain, explain_from: explainFrom } = config.models[kind];
    return { explain: explains ? explain : 0, explainFrom, step };
  };
  const askBaseline = predictBaseline(models.baseline, settings('baseline'));
  const askSequence = predictSequence(models.sequence, settings('sequence'));
  const { method, weights, vote_threshold: voteThreshold } = config.models.ensemble;
  const combining = { method, weights, voteThreshold, enabled: { baseline: true, sequence: true } };
  return async ({ reading, features, sequence, judgement }) => {
    const { grade } = reading.cast;
    const prediction = (kind: ModelKind, said: Said): Prediction =>
      predictionMessage(reading, kind, models[kind].card, { said, error: null, latencyMs: 0 }).payload;
    return combine(
      prediction('baseline', await askBaseline(features, grade)),
      prediction('sequence', await askSequence(sequence, grade)),
      combining,
      judgement,
    );
  };
}

/** Follows one event: what raised the alarm, and what its highest risk was. */
class Follower {
  raised: Instant | null = null;
  peak: Instant | null = null;
  private highest: number;

  constructor(
    readonly event: CastEvent,
    threshold: number,
  ) {
    this.highest = threshold;
  }

  note(instant: Instant, risk: number | null): void {
    if (risk === null || risk <= this.highest) return;
    this.raised ??= instant;
    this.peak = instant;
    this.highest = risk;
  }
}

/**
 * Plays a simulated cast through the cores of the nodes and tells what each of its events was taken for. The models are
 * asked within the events alone: what is told at other times is a matter of false alarms, not of names.
 */
export async function namedEvents(
  cast: Cast,
  config: StrandWatchConfig,
  models: Models,
): Promise<readonly NamedEvent[]> {
  const engine = new FeatureEngine(planFeatures(config));
  const buffer = new SensorBuffer(bufferSettings(config));
  const ask = ensembleOf(config, models, false);
  const explain = ensembleOf(config, models, true);
  const followers = cast.events.map((event) => new Follower(event, config.alerts.thresholds.warning));
  const due: [Follower, Instant][] = [];
  const regular = {
    reading(reading: PipelineMessage<Reading>): void {
      if (engine.accept(reading) !== 'due') return;
      const { elapsed } = reading.cast;
      const follower = followers.find(({ event }) => elapsed >= event.onset && elapsed <= event.end);
      if (follower === undefined) return;
      const strand = engine.of(reading.topic);
      const numbers = strand.numbers();
      const judgement = engine.judge(reading.topic, numbers);
      const inputs = { features: strand.features(numbers), sequence: strand.snapshot() };
      due.push([follower, { reading, judgement, ...inputs }]);
    },
  };
  const answer = async (): Promise<void> => {
    for (const [follower, instant] of due.splice(0)) follower.note(instant, (await ask(instant)).probability);
  };
  for (const reading of simulatedReadings(cast)) {
    buffer.accept(reading, regular);
    await answer();
  }
  buffer.flush(regular);
  await answer();
  return Promise.all(
    followers.map(async ({ event, raised, peak }) => ({
      castId: cast.plan.seed,
      event,
      raised: raised === null ? null : await explain(raised),
      peak: peak === null ? null : await explain(peak),
    })),
  );
}
