import type { StrandWatchConfig } from '../../nodes/lib/config/schema.js';
import { castReadings } from '../../nodes/cast-replay/cast-readings-file.js';
import type { CastEntry } from '../../nodes/cast-replay/cast-library-file.js';
import { bufferSettings } from '../../nodes/sensor-buffer/buffer-settings.js';
import { SensorBuffer } from '../../nodes/sensor-buffer/sensor-buffer-core.js';
import type { PipelineMessage, Reading } from '../../nodes/lib/messages.js';
import { FeatureEngine } from '../../nodes/feature-extract/feature-engine.js';
import { planFeatures } from '../../nodes/feature-extract/feature-plan.js';
import { GrowingMatrix } from './growing-matrix.js';

/** One recorded cast as tables. */
export interface CastFeatures {
  readonly strand: string;
  /** Per row of `features`: ms since the epoch. */
  readonly timestamps: readonly number[];
  /** Per row of `features`: s since the first reading. */
  readonly elapsed: readonly number[];
  readonly features: GrowingMatrix;
  /** A row per sample interval from the first reading on; NaN where missing. */
  readonly channels: GrowingMatrix;
}

/**
 * Plays a cast through the cores of the nodes: the same rows, checks and features as in a flow, without a clock.
 * @throws CastError, ConfigError
 */
export async function castFeatures(cast: CastEntry, config: StrandWatchConfig): Promise<CastFeatures> {
  const plan = planFeatures(config);
  const engine = new FeatureEngine(plan);
  const buffer = new SensorBuffer(bufferSettings(config));
  const features = new GrowingMatrix(plan.names.length);
  const channels = new GrowingMatrix(plan.channels.length);
  const timestamps: number[] = [];
  const elapsed: number[] = [];
  let strand = '';
  let origin = NaN;
  const regular = {
    reading(message: PipelineMessage<Reading>): void {
      if (Number.isNaN(origin)) origin = message.timestamp;
      const outcome = engine.accept(message);
      if (outcome === 'repeated') return;
      const state = engine.of(message.topic);
      const sample = Math.round((message.timestamp - origin) / plan.sampleMs);
      while (channels.rows < sample) channels.addRow();
      if (channels.rows === sample) {
        const row = channels.addRow();
        row.numbers.set(state.channelRow, row.at);
      }
      if (outcome !== 'due') return;
      const row = features.addRow();
      state.write(row.numbers, row.at);
      timestamps.push(message.timestamp);
      elapsed.push(message.cast.elapsed);
    },
  };
  for await (const message of castReadings(cast, { sensors: config.sensors, csv: config.streaming.csv })) {
    strand = message.topic;
    buffer.accept(message, regular);
  }
  buffer.flush(regular);
  return { strand, timestamps, elapsed, features, channels };
}
