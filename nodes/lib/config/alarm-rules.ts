import { z } from 'zod';
import { ALARM_LEVELS, ALARM_PRIORITIES, ALARM_SOURCES } from '../alarm.js';
import { PROCESS_STATES } from '../process-state.js';

const seconds = z.number().nonnegative();
const names = z.array(z.string().min(1).max(200));

export const processStates = z.array(z.enum(PROCESS_STATES));
export const alarmChannels = z.array(z.string().min(1)).max(16);

const limitsSchema = z
  .strictObject({
    warning: z.number().nonnegative().optional().describe('Value above which a warning is raised'),
    critical: z.number().nonnegative().optional().describe('Value above which the alarm is critical'),
  })
  .refine(({ warning, critical }) => warning !== undefined || critical !== undefined, {
    message: 'expected warning, critical or both, such as { warning: 0.5 }',
  })
  .refine(({ warning = 0, critical = Infinity }) => warning <= critical, {
    path: ['warning'],
    message: 'warning must not exceed critical',
  });

const prioritySchema = z.strictObject({
  warning: z.enum(ALARM_PRIORITIES).default('medium').describe('How soon a warning needs an operator'),
  critical: z.enum(ALARM_PRIORITIES).default('urgent').describe('How soon a critical alarm needs one'),
});

/** One kind of alarm. What is left out is taken from the `alerts` section. */
export const alarmRuleSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9_-]*$/, 'expected small letters, digits, - and _, such as sticker-risk')
      .max(64)
      .describe('Part of the ids of its alarms'),
    label: z.string().min(1).max(100).optional().describe('What people call it; default: its name'),
    source: z
      .enum(ALARM_SOURCES)
      .default('ensemble')
      .describe(
        'What it watches: a risk 0..1 (ensemble, baseline, sequence), the score 0..1 of a deterministic rule, the number of ' +
          'bad sensors, or the health of the system (0 healthy, 1 degraded, 2 unhealthy)',
      ),
    rule: z.string().min(1).optional().describe('source rule: which one; default: the highest score of all'),
    sensors: names.min(1).optional().describe('source sensor-quality: which sensors count; default: all'),
    strands: names.min(1).optional().describe('Strands that it watches; default: all'),
    thresholds: limitsSchema
      .optional()
      .describe(
        'Default: alerts.thresholds for risks and scores, warning 0 for sensor-quality, warning 0 and critical 1 for health',
      ),
    deadband: z
      .number()
      .nonnegative()
      .optional()
      .describe('Unit of the value; default: alerts.deadband for risks and scores, else 0'),
    on_delay: seconds.optional().describe('s of cast time; default: alerts.on_delay'),
    off_delay: seconds.optional().describe('s of cast time; default: alerts.off_delay'),
    priority: prioritySchema.prefault({}),
    class: z.string().max(64).default('').describe('A word of your own to sort alarms by, such as quality'),
    latch: z.boolean().default(false).describe('Once active, it stays until it is reset by reset-latch'),
    confirm: z.boolean().default(false).describe('After the acknowledgement somebody has to confirm it'),
    message: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe(
        'Sentence of the alarm; {strand}, {label}, {value}, {limit}, {level}, {heat}, {grade} and {why} are filled in',
      ),
    suppress: processStates
      .optional()
      .describe('Process states in which it is suppressed by design; default: alerts.suppress'),
    channels: alarmChannels.optional().describe('Default: alerts.notification.channels'),
  })
  .refine(({ rule, source }) => rule === undefined || source === 'rule', {
    path: ['rule'],
    message: 'goes with source: rule only. Remove it, or change the source',
  })
  .refine(({ sensors, source }) => sensors === undefined || source === 'sensor-quality', {
    path: ['sensors'],
    message: 'goes with source: sensor-quality only. Remove it, or change the source',
  });

export type AlarmRuleConfig = z.infer<typeof alarmRuleSchema>;
export const alarmLevels = z.enum(ALARM_LEVELS);
