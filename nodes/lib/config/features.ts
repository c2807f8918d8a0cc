import { z } from 'zod';
import { SERIES_NAME, SERIES_NAME_TOLD } from './series-name.js';

/** Rolling statistics by the names statistics gives them; each is one column per series and window. */
export const statisticSchema = z.enum([
  'count',
  'mean',
  'std',
  'var',
  'min',
  'max',
  'range',
  'median',
  'p1',
  'p5',
  'p10',
  'p25',
  'p75',
  'p90',
  'p95',
  'p99',
  'slope',
  'r2',
  'rms',
  'skewness',
  'kurtosis',
  'mac',
  'last',
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
const seriesName = z.string().regex(SERIES_NAME, SERIES_NAME_TOLD);

const statisticsSchema = z
  .union([z.array(statisticSchema), z.partialRecord(statisticSchema, z.array(windowS).min(1))])
  .describe(
    'A list (each over every window), or each statistic with its own windows, as in { mean: [10, 60], std: [60] }',
  );

export const featuresSchema = z.strictObject({
  windows: z.array(windowS).min(1).default([10, 60, 300]).describe('Window lengths, s of cast time'),
  statistics: statisticsSchema.default(['mean', 'std', 'slope', 'range']),
  baseline: z
    .number()
    .positive()
    .default(600)
    .describe('Time constant of the usual level that deviations are taken from, s'),
  sensors: z
    .record(
      z.string(),
      z.strictObject({
        windows: z.array(windowS).optional().describe('s of cast time'),
        statistics: statisticsSchema.optional(),
      }),
    )
    .default({})
    .describe('Windows and statistics of single sensors or derived sensors, instead of the common ones'),
  derived: z
    .array(
      z.strictObject({
        name: seriesName.describe('Its name among the sensors'),
        expression: z
          .string()
          .describe('Formula over sensors, derived sensors listed before it, and values of the grade'),
        unit: z.string().default('').describe('Engineering unit, as shown to people'),
      }),
    )
    .default([])
    .describe('Sensors computed from others; they get the same statistics'),
  correlations: z
    .array(
      z.strictObject({
        pair: z.tuple([z.string(), z.string()]).describe('Two sensors or derived sensors'),
        windows: z.array(windowS).min(1).describe('s of cast time'),
      }),
    )
    .default([])
    .describe('Pairs whose correlation is a feature'),
  physics: z.boolean().default(false).describe('Caster features; they need the process section'),
  sequence: z
    .strictObject({
      length: z.number().int().min(2).max(4096).default(180).describe('Steps handed to the sequence model'),
      step: z
        .number()
        .int()
        .positive()
        .default(1)
        .describe('Seconds between two steps; each is the mean over them'),
      channels: z
        .array(z.string())
        .min(1)
        .optional()
        .describe(
          'Sensors, derived sensors or caster features, or <name>.deviation of them; default: all sensors',
        ),
    })
    .prefault({}),
});

export type StatisticName = z.infer<typeof statisticSchema>;
export type FeaturesConfig = z.infer<typeof featuresSchema>;
