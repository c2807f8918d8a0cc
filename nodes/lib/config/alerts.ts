import { z } from 'zod';
import { alarmRuleSchema, processStates } from './alarm-rules.js';
import { notificationSchema } from './notification.js';
import { performanceSchema } from './performance.js';

const seconds = z.number().nonnegative();
const probability = z.number().min(0).max(1);

export const thresholdsSchema = z
  .strictObject({
    warning: probability.default(0.5).describe('Risk from which a warning is raised'),
    critical: probability.default(0.8).describe('Risk from which the alarm is critical'),
  })
  .refine((limits) => limits.warning <= limits.critical, {
    path: ['warning'],
    message: 'warning must not exceed critical',
  });

const escalationSchema = z.strictObject({
  warning_to_critical: seconds
    .default(120)
    .describe(
      's of wall time that a warning may stay unacknowledged before it becomes critical; 0 = for ever',
    ),
  critical_to_supervisor: seconds
    .default(300)
    .describe(
      's of wall time that a critical alarm may stay unacknowledged before the supervisor is told; 0 = for ever',
    ),
});

const shelvingSchema = z
  .strictObject({
    usual: seconds.default(900).describe('s of wall time when the command names none'),
    longest: seconds.default(28_800).describe('s of wall time; also ends one-shot shelving'),
  })
  .refine(({ usual, longest }) => usual <= longest, {
    path: ['usual'],
    message: 'usual must not exceed longest',
  });

/** Figures of alarms that come and go: IEC 62682 and EEMUA 191 call 3 cycles a minute chattering. */
const nuisanceSchema = z.strictObject({
  chattering_cycles: z.number().int().min(2).max(100).default(3).describe('Times raised within the window'),
  chattering_window: z.number().positive().default(60).describe('s of cast time'),
  fleeting: seconds.default(10).describe('s of cast time: an alarm that was active for less is fleeting'),
});

export const alertsSchema = z
  .strictObject({
    source: z
      .enum(['ensemble', 'baseline', 'sequence'])
      .default('ensemble')
      .describe('Whose probability raises alarms while no rules are given'),
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
    rules: z
      .array(alarmRuleSchema)
      .max(64)
      .default([])
      .describe('Kinds of alarms; none = one called defect-risk, made of the keys above'),
    suppress: processStates
      .default(['start-up', 'tail-out'])
      .describe('Process states in which alarms are suppressed by design (ISA-18.2 DSUPR)'),
    escalation: escalationSchema.prefault({}),
    re_alarm: seconds
      .default(0)
      .describe('s of wall time after which an alarm that is still active is brought back; 0 = never'),
    shelving: shelvingSchema.prefault({}),
    standard: z
      .enum(['isa-18.2', 'opc-ua'])
      .default('isa-18.2')
      .describe(
        'Where the standards differ: an active alarm that comes off the shelf is unacknowledged (isa-18.2) or as it was ' +
          '(opc-ua); a critical alarm that eases to a warning stays acknowledged (isa-18.2) or not (opc-ua)',
      ),
    first_out_window: seconds
      .default(60)
      .describe('s of cast time: alarms of one strand that come within it of the first belong to one cause'),
    inhibit: z
      .boolean()
      .default(true)
      .describe('A critical alarm makes warnings of the same strand beside the point: marked, not notified'),
    nuisance: nuisanceSchema.prefault({}),
    notification: notificationSchema.prefault({}),
    performance: performanceSchema.prefault({}),
    history: z
      .number()
      .int()
      .min(0)
      .max(10_000)
      .default(500)
      .describe('Alarms kept for requests after they are over, all strands together'),
  })
  .superRefine(({ rules }, context) => {
    const taken = new Set<string>();
    rules.forEach(({ name }, index) => {
      if (taken.has(name)) {
        const message = `"${name}" is already the name of a rule.`;
        context.addIssue({ code: 'custom', path: ['rules', index, 'name'], message, input: rules });
      }
      taken.add(name);
    });
  });

export type Thresholds = z.infer<typeof thresholdsSchema>;
export type AlertsConfig = z.infer<typeof alertsSchema>;
