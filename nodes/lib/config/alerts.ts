import { z } from 'zod';

const seconds = z.number().nonnegative();
const probability = z.number().min(0).max(1);

export const thresholdsSchema = z
  .strictObject({ warning: probability.default(0.5), critical: probability.default(0.8) })
  .refine((limits) => limits.warning <= limits.critical, {
    path: ['warning'],
    message: 'warning must not exceed critical',
  });

export const alertsSchema = z.strictObject({
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
        .describe('s that a warning may stay unacknowledged before it becomes critical; 0 = never'),
    })
    .prefault({}),
  notification: z
    .strictObject({
      channels: z.array(z.string()).default(['log']),
      levels: z.array(z.enum(['warning', 'critical'])).default(['warning', 'critical']),
    })
    .prefault({}),
});

export type Thresholds = z.infer<typeof thresholdsSchema>;
export type AlertsConfig = z.infer<typeof alertsSchema>;
