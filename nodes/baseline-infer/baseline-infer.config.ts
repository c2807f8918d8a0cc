import { inferDefaults, parseInferConfig, type InferConfig } from '../lib/inference/infer.config.js';
import type { Settings } from '../lib/migrate.js';

export const defaults = inferDefaults;

/** @throws ConfigError naming the field and what it takes */
export function parseConfig(saved: Settings): InferConfig {
  return parseInferConfig(saved, 'baseline-infer');
}
