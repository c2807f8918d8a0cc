import { z } from 'zod';
import { isTimeZone } from '../time-zone.js';

/** How recorded casts in CSV files are written. What is left out is recognised from the beginning of each file. */
export const csvSchema = z.strictObject({
  delimiter: z
    .enum([',', ';', '\t', '|'])
    .optional()
    .describe('Between two columns; default: recognised from the header'),
  decimal: z.enum(['.', ',']).optional().describe('Decimal mark; default: recognised from the first rows'),
  time_column: z
    .string()
    .min(1)
    .optional()
    .describe('Column of the time; default: t, time, timestamp or datetime'),
  time_format: z
    .enum(['auto', 'seconds', 'epoch_s', 'epoch_ms', 'iso'])
    .default('auto')
    .describe('seconds: since the start of the cast; iso: date and time of day'),
  time_zone: z
    .string()
    .refine(isTimeZone, { message: 'no such time zone; expected a name such as Europe/Vienna, or +01:00' })
    .default('UTC')
    .describe('Of times that name none: a name such as Europe/Vienna, or an offset such as +01:00'),
  position_column: z
    .string()
    .min(1)
    .default('S_m')
    .describe('Column of the strand position, m; may be absent'),
});

const limits = z.record(z.string(), z.tuple([z.number(), z.number()]));

/** A named check of each reading as a whole; it counts passes and failures and changes nothing. */
export const checkpointSchema = z.discriminatedUnion('check', [
  z.strictObject({
    name: z.string().min(1).describe('Under which passes and failures are counted'),
    check: z.literal('present').describe('No sensor is missing'),
  }),
  z.strictObject({
    name: z.string().min(1).describe('Under which passes and failures are counted'),
    check: z.literal('fraction-good').describe('Enough sensors are good'),
    at_least: z.number().min(0).max(1).describe('Share of the sensors that must be good'),
  }),
  z.strictObject({
    name: z.string().min(1).describe('Under which passes and failures are counted'),
    check: z.literal('plausible').describe('A combination: when these sensors lie so, those must lie so'),
    when: limits.default({}).describe('Lowest and highest value by sensor: when all lie so'),
    expect: limits.describe('... then these must lie so'),
  }),
]);

/** Rows of a sliding window at most: its memory is laid out for each strand before the first reading. */
const MAX_WINDOW_ROWS = 100_000;

const streamingFields = z.strictObject({
  realtime_factor: z
    .union([z.number().min(0.1).max(1000), z.literal('unpaced')])
    .default(1)
    .describe('Speed of a replay; 1 = as it was cast, unpaced = as fast as the flow can'),
  sample_interval: z
    .number()
    .min(0.001)
    .max(3600)
    .default(1)
    .describe('Regular time base of the readings, s'),
  buffer_duration: z.number().positive().default(600).describe('Length of the sliding window, s'),
  inference_interval: z.number().positive().default(5).describe('s of cast time between two predictions'),
  lateness: z
    .number()
    .nonnegative()
    .default(0)
    .describe('How late a reading may come and still be put in its place, s'),
  max_strands: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(256)
    .describe('Strands kept at once; more are refused'),
  idle_timeout: z
    .number()
    .positive()
    .default(3600)
    .describe('s without a reading after which a strand is forgotten'),
  csv: csvSchema.prefault({}),
  checkpoints: z
    .array(checkpointSchema)
    .max(64)
    .default([
      { name: 'all-present', check: 'present' },
      { name: 'mostly-good', check: 'fraction-good', at_least: 0.9 },
    ])
    .describe('Checks of each reading as a whole'),
});

export const streamingSchema = streamingFields.refine(
  ({ buffer_duration, sample_interval }) => buffer_duration / sample_interval <= MAX_WINDOW_ROWS,
  {
    path: ['buffer_duration'],
    message: `a window holds ${MAX_WINDOW_ROWS} readings at most: shorten it, or raise sample_interval`,
  },
);

export type CsvConfig = z.infer<typeof csvSchema>;
export type CheckpointConfig = z.infer<typeof checkpointSchema>;
