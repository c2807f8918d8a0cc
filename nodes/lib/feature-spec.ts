import { createHash } from 'node:crypto';
import type { StrandWatchConfig } from './config/schema.js';

/** Raised when the same configuration gives other values than before. */
const COMPUTATION = 2;

/**
 * Hash of everything that the values of features and sequences depend on: a model that was trained with another is told apart.
 * What is only shown (labels) or only read from (columns of a file) doesn't count.
 * @returns SHA-256 of the canonical JSON, 64 hexadecimal digits
 */
export function featureSpecHash({ sensors, features, process, streaming }: StrandWatchConfig): string {
  const spec = {
    computation: COMPUTATION,
    sample_interval: streaming.sample_interval,
    lateness: streaming.lateness,
    sensors: sensors.map((sensor) => ({ ...sensor, label: undefined, column: undefined })),
    process: process ?? null,
    features,
  };
  return createHash('sha256').update(canonicalJson(spec)).digest('hex');
}

/** JSON with sorted keys and no undefined, so that the order in the YAML file doesn't matter. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`);
  return `{${entries.join(',')}}`;
}
