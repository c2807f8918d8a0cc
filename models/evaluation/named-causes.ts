import { FeatureEngine } from '../../nodes/feature-extract/feature-engine.js';
import { planFeatures } from '../../nodes/feature-extract/feature-plan.js';
import { resultMessage } from '../../nodes/feature-extract/result-message.js';
import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
import type { EnsemblePrediction, PipelineMessage, Reading } from '../../nodes/lib/messages.js';
import { bufferSettings } from '../../nodes/sensor-buffer/buffer-settings.js';
import { SensorBuffer } from '../../nodes/sensor-buffer/sensor-buffer-core.js';
import type { CastEvent } from '../simulator/labels.js';
import type { Cast } from '../simulator/run.js';
import { AskedModels, type Due } from './asked-models.js';
import type { ServedModels } from './served-models-file.js';
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

/** Follows one event: what raised the alarm, and what its highest risk was. */
class Follower {
  raised: Due | null = null;
  peak: Due | null = null;

  constructor(
    readonly event: CastEvent,
    private highest: number,
  ) {}

  note(instant: Due, risk: number | null): void {
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
  config: StrandConfigNode,
  models: ServedModels,
): Promise<readonly NamedEvent[]> {
  const current = config.current!;
  const engine = new FeatureEngine(planFeatures(current));
  const buffer = new SensorBuffer(bufferSettings(current));
  const plain = new AskedModels(config, models);
  const explained = new AskedModels(config, models, true);
  const { warning } = current.alerts.thresholds;
  const followers = cast.events.map((event) => new Follower(event, warning));
  const due: [Follower, Due][] = [];
  const regular = {
    reading(reading: PipelineMessage<Reading>): void {
      if (engine.accept(reading) !== 'due') return;
      const { elapsed } = reading.cast;
      const follower = followers.find(({ event }) => elapsed >= event.onset && elapsed <= event.end);
      if (follower === undefined) return;
      const strand = engine.of(reading.topic);
      const numbers = strand.numbers();
      const judgement = engine.judge(reading.topic, numbers);
      const features = resultMessage(reading, strand.features(numbers), judgement);
      due.push([follower, { features, sequence: resultMessage(reading, strand.snapshot(), judgement) }]);
    },
  };
  const answer = async (): Promise<void> => {
    for (const [follower, instant] of due.splice(0))
      follower.note(instant, (await plain.ask(instant)).payload.probability);
  };
  for (const reading of simulatedReadings(cast)) {
    buffer.accept(reading, regular);
    await answer();
  }
  buffer.flush(regular);
  await answer();
  const explain = async (instant: Due | null): Promise<EnsemblePrediction | null> =>
    instant === null ? null : (await explained.ask(instant)).payload;
  const events: NamedEvent[] = [];
  for (const { event, raised, peak } of followers)
    events.push({
      castId: cast.plan.seed,
      event,
      raised: await explain(raised),
      peak: await explain(peak),
    });
  return events;
}
