import { z } from 'zod';
import { SERIES_NAME, SERIES_NAME_TOLD } from './series-name.js';

/** What to put where a reading is missing: the last value, a straight line, or nothing. Always told in `msg.quality`. */
export const gapPolicySchema = z.enum(['hold', 'interpolate', 'none']);

export const sensorSchema = z
  .strictObject({
    name: z
      .string()
      .regex(SERIES_NAME, SERIES_NAME_TOLD)
      .describe('Key of the value in messages and features'),
    unit: z.string().describe('Engineering unit, as shown to people'),
    label: z.string().optional().describe('Name for people; default: the name itself'),
    range: z
      .tuple([z.number(), z.number()])
      .describe('Lowest and highest value that can be real, in the unit'),
    normal: z.tuple([z.number(), z.number()]).optional().describe('Usual band, drawn on charts, in the unit'),
    max_rate: z.number().positive().optional().describe('Fastest real change, unit per second'),
    stuck_after: z
      .number()
      .positive()
      .optional()
      .describe('Seconds without any change that make a reading stuck'),
    spike_sigma: z
      .number()
      .positive()
      .optional()
      .describe('Jump, in deviations of the usual step, that makes a spike'),
    gap: gapPolicySchema
      .default('hold')
      .describe('What to put where a reading is missing: the last value, a straight line, or nothing'),
    max_gap: z.number().min(0).max(3600).default(5).describe('Longest gap to fill by the gap policy, s'),
    column: z.string().optional().describe('Column in the CSV; default: the name'),
  })
  .refine((sensor) => sensor.range[0] < sensor.range[1], {
    path: ['range'],
    message: 'lowest must be below highest',
  });

export type SensorConfig = z.infer<typeof sensorSchema>;
export type GapPolicy = z.infer<typeof gapPolicySchema>;
