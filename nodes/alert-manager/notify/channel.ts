import type { AlarmLevel } from '../../lib/alarm.js';
import type { AlertsConfig } from '../../lib/config/alerts.js';
import type { ChannelConfig, NotificationConfig } from '../../lib/config/notification.js';
import type { DeepReadonly } from '../../lib/config/schema.js';
import type { Route } from './dispatcher.js';

export interface Webhook {
  readonly url: string;
  /** Environment variable with the bearer token. */
  readonly tokenEnv: string | null;
  readonly timeoutMs: number;
}

/** Where notifications go, and which. */
export interface Channel {
  readonly name: string;
  readonly type: 'message' | 'log' | 'webhook';
  readonly levels: readonly AlarmLevel[];
  /** null = all */
  readonly classes: readonly string[] | null;
  readonly strands: readonly string[] | null;
  readonly route: Route;
  readonly webhook: Webhook | null;
  /** Tells only of alarms whose rule names it. */
  readonly isOnRequest: boolean;
}

export interface NotifySettings {
  readonly channels: readonly Channel[];
  /** Notifications a minute, per channel and level; 0 = no limit. */
  readonly ratePerMinute: number;
  /** A critical alarm holds back warnings of the same strand. */
  readonly inhibit: boolean;
}

/**
 * The channels in force. `chosen` may be names only, as the node's own field has them: they choose among the configured
 * channels, and a name that is not among them is a channel of type message. So is one that only a rule names.
 */
export function notifySettings(
  { notification, rules, inhibit }: DeepReadonly<AlertsConfig>,
  chosen: DeepReadonly<NotificationConfig>['channels'],
): NotifySettings {
  const byName = new Map(notification.channels.map((channel) => [nameOf(channel), channel]));
  const configured = (channel: DeepReadonly<ChannelConfig>): DeepReadonly<ChannelConfig> =>
    typeof channel === 'string' ? (byName.get(channel) ?? channel) : channel;
  const names = new Set(chosen.map(nameOf));
  const onRequest = new Set(
    rules.flatMap(({ channels = [] }) => channels).filter((name) => !names.has(name)),
  );
  return {
    channels: [
      ...chosen.map((channel) => channelOf(configured(channel), notification, false)),
      ...[...onRequest].map((name) => channelOf(configured(name), notification, true)),
    ],
    ratePerMinute: notification.rate_limit,
    inhibit,
  };
}

const nameOf = (channel: DeepReadonly<ChannelConfig>): string =>
  typeof channel === 'string' ? channel : channel.name;

function channelOf(
  given: DeepReadonly<ChannelConfig>,
  config: DeepReadonly<NotificationConfig>,
  isOnRequest: boolean,
): Channel {
  const channel = typeof given === 'string' ? { name: given, type: 'message' as const } : given;
  const { name, type, levels, classes, strands, resolved } = { ...OPTIONAL, ...channel };
  return {
    ...{ name, type, isOnRequest },
    levels: levels ?? config.levels,
    classes: classes ?? null,
    strands: strands ?? null,
    route: {
      groupBy: config.group_by,
      groupWaitMs: 1000 * config.group_wait,
      groupIntervalMs: 1000 * config.group_interval,
      repeatIntervalMs: 1000 * config.repeat_interval,
      // Machines keep a state and want its end; people are spared a mail (Alertmanager: webhook true, email false).
      sendResolved: resolved ?? type !== 'message',
    },
    webhook:
      channel.type === 'webhook'
        ? { url: channel.url, tokenEnv: channel.token_env ?? null, timeoutMs: 1000 * channel.timeout }
        : null,
  };
}

const OPTIONAL: {
  readonly levels?: readonly AlarmLevel[];
  readonly classes?: readonly string[];
  readonly strands?: readonly string[];
  readonly resolved?: boolean;
} = {};
