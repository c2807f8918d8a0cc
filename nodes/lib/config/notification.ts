import { z } from 'zod';
import { ALARM_LEVELS } from '../alarm.js';

const seconds = z.number().nonnegative();
const levels = z.array(z.enum(ALARM_LEVELS));

const channelFields = {
  name: z.string().min(1).max(64).describe('In msg.channel; the name is yours'),
  levels: levels.optional().describe('Default: alerts.notification.levels'),
  classes: z.array(z.string()).min(1).optional().describe('Classes of alarms that it takes; default: all'),
  strands: z.array(z.string().min(1)).min(1).optional().describe('Strands that it takes; default: all'),
  resolved: z
    .boolean()
    .optional()
    .describe('Returns to normal are told too; default: true for log and webhook, false for message'),
};

/** Only what is written here is ever called: no message can name another address. */
const webhookUrl = z
  .string()
  .max(2000)
  .refine((text) => problemOfUrl(text) === null, {
    error: ({ input }) => problemOfUrl(String(input)) ?? 'expected a URL.',
  });

const fullChannelSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...channelFields,
    type: z
      .enum(['message', 'log'])
      .default('message')
      .describe('What carries it: a message of the second output, or a file'),
  }),
  z.strictObject({
    ...channelFields,
    type: z.literal('webhook').describe('Sent to a URL by HTTP POST'),
    url: webhookUrl.describe('http or https, without user and password'),
    token_env: z
      .string()
      .refine((text) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text), {
        error: 'expected the name of an environment variable, such as MES_TOKEN, not the token itself.',
      })
      .optional()
      .describe('Environment variable with the bearer token to send'),
    timeout: z.number().positive().max(60).default(10).describe('s that an answer may take'),
  }),
]);

const channelSchema = z.union([
  z.string().min(1).max(64).describe('Name of a channel of type message'),
  fullChannelSchema,
]);

export const notificationSchema = z
  .strictObject({
    channels: z
      .array(channelSchema)
      .max(16)
      .default(['log'])
      .describe('Where notifications go: names of your own, or more about each'),
    levels: levels.default(['warning', 'critical']).describe('Levels that are notified'),
    group_by: z
      .array(z.enum(['strand', 'rule', 'class', 'level', 'source']))
      .default(['strand', 'class', 'level'])
      .describe('Alarms that share these are told together'),
    group_wait: seconds
      .default(0)
      .describe('s of wall time that the first notification of a group waits for others; 0 = at once'),
    group_interval: z
      .number()
      .min(1)
      .default(60)
      .describe('s of wall time between two looks whether a group has changed'),
    repeat_interval: z
      .number()
      .positive()
      .default(3600)
      .describe('s of wall time after which an unchanged group is told again, at the next look'),
    rate_limit: z
      .number()
      .int()
      .min(0)
      .max(1000)
      .default(10)
      .describe('Notifications a minute, per channel and level; more are told as one digest; 0 = no limit'),
  })
  .superRefine(({ channels }, context) => {
    const taken = new Set<string>();
    channels.forEach((channel, index) => {
      const name = typeof channel === 'string' ? channel : channel.name;
      if (taken.has(name)) {
        const message = `"${name}" is already the name of a channel.`;
        context.addIssue({ code: 'custom', path: ['channels', index], message, input: channels });
      }
      taken.add(name);
    });
  });

export type NotificationConfig = z.infer<typeof notificationSchema>;
export type ChannelConfig = NotificationConfig['channels'][number];

/** Whole sentences, which the reader of the file doesn't follow by what came: a URL may hold a password. */
function problemOfUrl(text: string): string | null {
  if (!URL.canParse(text)) return 'expected a URL such as https://mes.example/alarms.';
  const { protocol, username, password } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:')
    return `expected http or https, got ${protocol.slice(0, -1)}.`;
  if (username !== '' || password !== '')
    return 'expected no user and password in the URL: put a token into the environment and name it in token_env.';
  return null;
}
