import { z } from 'zod';

const seconds = z.number().nonnegative();
const probability = z.number().min(0).max(1);
const levels = z.enum(['warning', 'critical']);

export const thresholdsSchema = z
  .strictObject({
    warning: probability.default(0.5).describe('Risk from which a warning is raised'),
    critical: probability.default(0.8).describe('Risk from which the alarm is critical'),
  })
  .refine((limits) => limits.warning <= limits.critical, {
    path: ['warning'],
    message: 'warning must not exceed critical',
  });

export const alertsSchema = z.strictObject({
  source: z
    .enum(['ensemble', 'baseline', 'sequence'])
    .default('ensemble')
    .describe('Whose probability raises alarms; predictions of the others are passed over'),
  thresholds: thresholdsSchema.prefault({}),
  deadband: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe('The risk must fall this far below the threshold to return to normal'),
  on_delay: seconds.default(0).describe('s of cast time above the threshold before the alarm'),
  off_delay: seconds
    .default(30)
    .describe('s of cast time below threshold - deadband before the return to normal'),
  escalation: z
    .strictObject({
      warning_to_critical: seconds
        .default(120)
        .describe(
          's of cast time that a warning may stay unacknowledged before it becomes critical; 0 = never',
        ),
    })
    .prefault({}),
  notification: z
    .strictObject({
      channels: z
        .array(z.string().min(1))
        .max(16)
        .default(['log'])
        .describe('One notification message per channel; the names are yours'),
      levels: z.array(levels).default(['warning', 'critical']).describe('Levels that are notified'),
    })
    .prefault({}),
  history: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(500)
    .describe('Alarms kept for requests after they are over, all strands together'),
});

export type Thresholds = z.infer<typeof thresholdsSchema>;
export type AlertsConfig = z.infer<typeof alertsSchema>;
