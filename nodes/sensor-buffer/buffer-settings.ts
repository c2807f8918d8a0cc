import type { StrandWatchConfig } from '../lib/config/schema.js';

/** What the buffer must know; times in ms of cast time. */
export interface BufferSettings {
  readonly sensors: StrandWatchConfig['sensors'];
  readonly intervalMs: number;
  readonly latenessMs: number;
  readonly durationMs: number;
  readonly maxStrands: number;
  readonly idleTimeoutMs: number;
  readonly checkpoints: StrandWatchConfig['streaming']['checkpoints'];
  /** ms of cast time between two windows sent by themselves; 0 = never. */
  readonly windowIntervalMs: number;
}

/** @param windowInterval s between two windows sent by themselves; 0 = never */
export function bufferSettings(
  { sensors, streaming }: StrandWatchConfig,
  { lateness = streaming.lateness, windowInterval = 0 } = {},
): BufferSettings {
  return {
    sensors,
    intervalMs: streaming.sample_interval * 1000,
    latenessMs: lateness * 1000,
    durationMs: streaming.buffer_duration * 1000,
    maxStrands: streaming.max_strands,
    idleTimeoutMs: streaming.idle_timeout * 1000,
    checkpoints: streaming.checkpoints,
    windowIntervalMs: windowInterval * 1000,
  };
}
