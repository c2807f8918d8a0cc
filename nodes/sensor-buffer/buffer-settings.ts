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
}

export function bufferSettings({ sensors, streaming }: StrandWatchConfig): BufferSettings {
  return {
    sensors,
    intervalMs: streaming.sample_interval * 1000,
    latenessMs: streaming.lateness * 1000,
    durationMs: streaming.buffer_duration * 1000,
    maxStrands: streaming.max_strands,
    idleTimeoutMs: streaming.idle_timeout * 1000,
    checkpoints: streaming.checkpoints,
  };
}
