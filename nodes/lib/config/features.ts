import { z } from 'zod';

/** Rolling statistics by the names statistics gives them; each is one column per sensor and window. */
export const statisticSchema = z.enum([
  'count',
  'mean',
  'std',
  'var',
  'min',
  'max',
  'range',
  'median',
  'p10',
  'p90',
  'slope',
  'r2',
  'rms',
  'skewness',
  'kurtosis',
  'mac',
  'delta',
  'cv',
  'zscore',
  'ewma',
  'deviation',
  'n_outside',
  'longest_outside',
  'acf1',
]);

const windowS = z.number().int().positive().max(86_400);

export const featuresSchema = z.strictObject({
  windows: z.array(windowS).min(1).default([10, 60, 300]).describe('Window lengths, s of cast time'),
  statistics: z.array(statisticSchema).min(1).default(['mean', 'std', 'slope', 'range']),
  sensors: z
    .record(
      z.string(),
      z.strictObject({
        windows: z.array(windowS).optional(),
        statistics: z.array(statisticSchema).optional(),
      }),
    )
    .default({})
    .describe('Windows and statistics of single sensors, instead of the common ones'),
  derived: z
    .array(z.strictObject({ name: z.string(), expression: z.string(), unit: z.string().default('') }))
    .default([])
    .describe('Sensors computed from others; they get the same statistics'),
  correlations: z
    .array(z.strictObject({ pair: z.tuple([z.string(), z.string()]), windows: z.array(windowS).min(1) }))
    .default([]),
  physics: z.boolean().default(false).describe('Caster features; they need the process section'),
  sequence: z
    .strictObject({
      length: z.number().int().min(2).max(4096).default(180).describe('Steps handed to the sequence model'),
      step: z.number().int().positive().default(1).describe('Seconds between two steps'),
      channels: z.array(z.string()).optional().describe('Sensors or derived sensors; default: all sensors'),
    })
    .prefault({}),
});

export type StatisticName = z.infer<typeof statisticSchema>;
export type FeaturesConfig = z.infer<typeof featuresSchema>;
