import { inferDefaults, parseInferConfig, type InferConfig } from '../lib/inference/infer.config.js';

export const defaults = inferDefaults;

/** @throws ConfigError naming the field and what it takes */
export function parseConfig(fields: Readonly<Record<string, unknown>>): InferConfig {
  return parseInferConfig(fields);
}
