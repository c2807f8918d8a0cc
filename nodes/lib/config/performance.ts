import { z } from 'zod';

const share = z.number().min(0).max(1);
const count = z.number().int().min(1).max(1000);

/**
 * What an alarm system is measured by, per operator position. Defaults: EEMUA 191, ISA-18.2-2009 and IEC 62682:2014;
 * docs/alarm-performance.md tells which of them were checked, and where.
 */
export const performanceSchema = z
  .strictObject({
    positions: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(64).describe('What people call it'),
          strands: z.array(z.string().min(1)).min(1).optional().describe('Default: all'),
        }),
      )
      .min(1)
      .max(16)
      .default([{ name: 'operator' }])
      .describe('Operator positions, each judged on its own'),
    period: z.number().int().min(1).max(31).default(30).describe('Days that are judged'),
    acceptable_rate: z
      .number()
      .positive()
      .default(1)
      .describe('Alarms per 10 minutes: very likely acceptable'),
    manageable_rate: z.number().positive().default(2).describe('Alarms per 10 minutes: maximum manageable'),
    flood_begin: count.default(10).describe('Alarms in 10 minutes at which a flood begins'),
    flood_end: count.default(5).describe('Alarms in 10 minutes below which it ends'),
    flood_share: share.default(0.01).describe('Share of the time that floods may take'),
    stale_after: z.number().positive().default(86_400).describe('s of wall time active: the alarm is stale'),
    stale_count: z.number().int().min(0).default(5).describe('Stale alarms from which on they are too many'),
    top_ten_share: share.default(0.05).describe('Share of all alarms that the ten most frequent may have'),
    priorities: z
      .strictObject({
        low: share.default(0.8).describe('Share of all alarms'),
        medium: share.default(0.15).describe('Share of all alarms'),
        high: share.default(0.05).describe('Share of all alarms'),
        urgent: share.default(0.01).describe('Share of all alarms'),
      })
      .prefault({})
      .describe('Shares that priorities should have'),
  })
  .refine(({ acceptable_rate, manageable_rate }) => acceptable_rate <= manageable_rate, {
    path: ['acceptable_rate'],
    message: 'acceptable_rate must not exceed manageable_rate',
  })
  .refine(({ flood_begin, flood_end }) => flood_end <= flood_begin, {
    path: ['flood_end'],
    message: 'flood_end must not exceed flood_begin',
  });

export type PerformanceConfig = z.infer<typeof performanceSchema>;
