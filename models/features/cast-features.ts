import type { StrandWatchConfig } from '../../nodes/lib/config/schema.js';
import { castReadings } from '../../nodes/cast-replay/cast-readings-file.js';
import type { CastEntry } from '../../nodes/cast-replay/cast-library-file.js';
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

/** Plays a cast through the cores of the nodes. @throws CastError, ConfigError */
export async function castFeatures(cast: CastEntry, config: StrandWatchConfig): Promise<CastFeatures> {
  const plan = planFeatures(config);
  const engine = new FeatureEngine(plan);
  const features = new GrowingMatrix(plan.names.length);
  const channels = new GrowingMatrix(plan.channels.length);
  const timestamps: number[] = [];
  const elapsed: number[] = [];
  let strand = '';
  let origin = NaN;
  for await (const message of castReadings(cast, { sensors: config.sensors, csv: config.streaming.csv })) {
    strand = message.topic;
    if (Number.isNaN(origin)) origin = message.timestamp;
    const outcome = engine.accept(message);
    if (outcome === 'repeated') continue;
    const state = engine.of(strand);
    const sample = Math.round((message.timestamp - origin) / plan.sampleMs);
    while (channels.rows < sample) channels.addRow();
    if (channels.rows === sample) {
      const row = channels.addRow();
      row.numbers.set(state.channelRow, row.at);
    }
    if (outcome !== 'due') continue;
    const row = features.addRow();
    state.write(row.numbers, row.at);
    timestamps.push(message.timestamp);
    elapsed.push(message.cast.elapsed);
  }
  return { strand, timestamps, elapsed, features, channels };
}
