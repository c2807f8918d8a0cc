import {
  ALARM_LEVELS,
  LEVEL_RANK,
  type AlarmLevel,
  type AlarmPriority,
  type AlarmSource,
} from '../lib/alarm.js';
import type { AlarmRuleConfig } from '../lib/config/alarm-rules.js';
import type { DeepReadonly } from '../lib/config/schema.js';
import { ConfigError } from '../lib/errors.js';
import type { StrandConfigNode } from '../lib/config-node.js';
import type { ProcessState } from '../lib/process-state.js';
import { isShare, type AlarmRule } from './alarm-rule.js';
import type { AlertManagerConfig } from './alert-manager.config.js';
import type { Limit } from '../lib/alarm-condition/condition.js';
import { notifySettings, type NotifySettings } from './notify/channel.js';
import { spelledOut, vocabularyOf, type Vocabulary } from '../lib/words/series-words.js';

/** Everything that decides about alarms, in the units of the core. */
export interface AlarmSettings {
  readonly rules: readonly AlarmRule[];
  /** Of the rules that have none of their own. */
  readonly thresholds: Readonly<Record<AlarmLevel, number>>;
  /** ms of wall time that a warning may stay unacknowledged, and a critical alarm; 0 = for ever. */
  readonly escalateAfterMs: number;
  readonly supervisorAfterMs: number;
  /** ms of wall time after which an active alarm is brought back; 0 = never. */
  readonly reAlarmMs: number;
  /** ms of wall time. */
  readonly shelving: { readonly usualMs: number; readonly longestMs: number };
  /** ms of cast time. */
  readonly firstOutMs: number;
  readonly nuisance: Nuisance;
  /** Whether a critical alarm inhibits warnings of its strand. */
  readonly inhibits: boolean;
  /** ms of cast time by which a message may come late and be passed over; further back, the cast was restarted. */
  readonly latenessMs: number;
  readonly maxStrands: number;
  /** Alarms kept after they are over. */
  readonly history: number;
  readonly notify: NotifySettings;
  readonly words: Vocabulary;
}

/** When an alarm counts as a nuisance; ms of cast time. */
export interface Nuisance {
  readonly chatteringCycles: number;
  readonly chatteringMs: number;
  readonly fleetingMs: number;
}

/** @throws ConfigError when the node's fields and the file contradict each other */
export function settingsInForce(config: StrandConfigNode, own: AlertManagerConfig): AlarmSettings {
  const thresholds = {
    warning: config.resolve<number>('alerts.thresholds.warning', own.warning),
    critical: config.resolve<number>('alerts.thresholds.critical', own.critical),
  };
  if (thresholds.warning > thresholds.critical) {
    throw new ConfigError(
      'CONFIG_INVALID',
      `alert-manager: expected a warning threshold at or below the critical one, got ${thresholds.warning} and ` +
        `${thresholds.critical}. Correct the fields of the node, or leave both blank to use those of the file.`,
    );
  }
  const { alerts } = config.current!;
  const ms = (path: string, field?: number): number => 1000 * config.resolve<number>(path, field);
  const common: Common = {
    thresholds,
    deadband: config.resolve<number>('alerts.deadband', own.deadband),
    onDelayMs: ms('alerts.on_delay', own.onDelay),
    offDelayMs: ms('alerts.off_delay', own.offDelay),
    suppress: alerts.suppress,
    standard: alerts.standard,
  };
  const source = config.resolve<AlarmSource>('alerts.source', own.source);
  const rules = alerts.rules.length > 0 ? alerts.rules : [{ ...THE_RULE, source }];
  return {
    rules: rules.map((rule) => ruleInForce(rule, common)),
    thresholds,
    escalateAfterMs: ms('alerts.escalation.warning_to_critical', own.escalateAfter),
    supervisorAfterMs: ms('alerts.escalation.critical_to_supervisor'),
    reAlarmMs: ms('alerts.re_alarm'),
    shelving: { usualMs: ms('alerts.shelving.usual'), longestMs: ms('alerts.shelving.longest') },
    firstOutMs: ms('alerts.first_out_window'),
    nuisance: {
      chatteringCycles: alerts.nuisance.chattering_cycles,
      chatteringMs: ms('alerts.nuisance.chattering_window'),
      fleetingMs: ms('alerts.nuisance.fleeting'),
    },
    inhibits: alerts.inhibit,
    latenessMs: ms('streaming.lateness'),
    maxStrands: config.resolve<number>('streaming.max_strands'),
    history: config.resolve<number>('alerts.history'),
    notify: notifySettings(
      alerts,
      config.resolve<typeof alerts.notification.channels>('alerts.notification.channels', own.channels),
    ),
    words: vocabularyOf(config.current!),
  };
}

/** What rules take from the `alerts` section when they don't say themselves. */
interface Common {
  readonly thresholds: Readonly<Record<AlarmLevel, number>>;
  readonly deadband: number;
  readonly onDelayMs: number;
  readonly offDelayMs: number;
  readonly suppress: readonly ProcessState[];
  readonly standard: 'isa-18.2' | 'opc-ua';
}

type RuleConfig = DeepReadonly<AlarmRuleConfig>;

const USUAL_PRIORITY: Readonly<Record<AlarmLevel, AlarmPriority>> = { warning: 'medium', critical: 'urgent' };

/** The rule of a configuration that lists none. */
const THE_RULE: RuleConfig = {
  ...{ name: 'defect-risk', label: 'defect risk', source: 'ensemble', class: '' },
  ...{ priority: USUAL_PRIORITY, latch: false, confirm: false },
};

function ruleInForce(rule: RuleConfig, common: Common): AlarmRule {
  const { name, source } = rule;
  const share = isShare({ source });
  const thresholds = rule.thresholds ?? (share ? common.thresholds : OF_COUNTS[source]);
  const deadband = rule.deadband ?? (share ? common.deadband : 0);
  const limits = ALARM_LEVELS.map((level): Limit<AlarmLevel> => ({
    level,
    above: thresholds?.[level] ?? Infinity,
    deadband,
  }));
  return {
    name,
    label: rule.label ?? (share ? name.replaceAll(/[-_]/g, ' ') : spelledOut(name.replaceAll('-', ' '))),
    source,
    limits,
    onDelayMs: rule.on_delay === undefined ? common.onDelayMs : 1000 * rule.on_delay,
    offDelayMs: rule.off_delay === undefined ? common.offDelayMs : 1000 * rule.off_delay,
    scoreOf: rule.rule ?? null,
    sensors: rule.sensors === undefined ? null : new Set(rule.sensors),
    strands: rule.strands === undefined ? null : new Set(rule.strands),
    priority: rule.priority,
    class: rule.class,
    convention: {
      ranks: LEVEL_RANK,
      latches: rule.latch,
      asksConfirmation: rule.confirm,
      standard: common.standard,
    },
    template: rule.message ?? null,
    suppress: new Set(rule.suppress ?? common.suppress),
    channels: rule.channels ?? null,
  };
}

/** Limits of values that are no shares: any bad sensor; degraded and unhealthy. */
const OF_COUNTS: Readonly<Partial<Record<AlarmSource, Partial<Record<AlarmLevel, number>>>>> = {
  'sensor-quality': { warning: 0 },
  health: { warning: 0, critical: 1 },
};
