import { z } from 'zod';
import { alertsSchema } from './alerts.js';
import { featuresSchema } from './features.js';
import { healthSchema } from './health.js';
import { modelsSchema } from './models.js';
import { processSchema } from './process.js';
import { checkReferences } from './references.js';
import { rulesSchema } from './rules.js';
import { sensorSchema } from './sensors.js';
import { statesSchema } from './states.js';
import { streamingSchema } from './streaming.js';

const dashboardSchema = z.strictObject({
  chart_interval: z.number().positive().default(5).describe('s of cast time between two points on a chart'),
  history: z.number().positive().default(1800).describe('s of cast time shown'),
});

const loggingSchema = z.strictObject({
  directory: z.string().default('logs').describe('Relative to the user directory of Node-RED'),
  inference: z.boolean().default(true).describe('One JSON line per prediction'),
  max_size_mb: z.number().positive().default(16).describe('Size at which a log file is rotated, MB'),
  max_files: z.number().int().positive().default(8).describe('Rotated files kept'),
  max_age_days: z.number().positive().default(30).describe('Age at which a rotated file is removed'),
});

/** The whole configuration file. `docs/configuration.md` lists every key. */
export const configSchema = z
  .strictObject({
    version: z.literal(1).default(1).describe('Of the layout of this file'),
    streaming: streamingSchema.prefault({}),
    sensors: z
      .array(sensorSchema)
      .min(1)
      .max(512)
      .describe('The channels, in the order of the sequence model'),
    process: processSchema.optional(),
    features: featuresSchema.prefault({}),
    models: modelsSchema.prefault({}),
    states: statesSchema.prefault({}),
    rules: rulesSchema.prefault({}),
    alerts: alertsSchema.prefault({}),
    health: healthSchema.prefault({}),
    dashboard: dashboardSchema.prefault({}),
    logging: loggingSchema.prefault({}),
  })
  .superRefine(checkReferences);

/** Readonly all the way down; tuples stay tuples. */
export type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

/** A validated configuration. Replaced whole, never changed in place. */
export type StrandWatchConfig = DeepReadonly<z.infer<typeof configSchema>>;
export type StreamingConfig = StrandWatchConfig['streaming'];
export type LoggingConfig = StrandWatchConfig['logging'];
