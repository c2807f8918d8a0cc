import type { AlarmLevel, AlarmSource } from '../lib/alarm.js';
import type { StrandWatchConfig } from '../lib/config/schema.js';
import { ConfigError } from '../lib/errors.js';
import type { StrandConfigNode } from '../lib/config-node.js';
import type { AlertManagerConfig } from './alert-manager.config.js';
import type { ConditionSettings } from './condition.js';
import { spelledOut, type Vocabulary } from './series-words.js';

/** Everything that decides about alarms, in the units of the core. */
export interface AlarmSettings extends ConditionSettings {
  readonly source: AlarmSource;
  /** ms of cast time that a warning may stay unacknowledged; 0 = for ever. */
  readonly escalateAfterMs: number;
  /** ms of cast time by which a message may come late and be passed over; further back, the cast was restarted. */
  readonly latenessMs: number;
  readonly maxStrands: number;
  /** Alarms kept after they are over. */
  readonly history: number;
  readonly channels: readonly string[];
  readonly notifiedLevels: readonly AlarmLevel[];
  readonly words: Vocabulary;
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
  const ms = (path: string, field?: number): number => 1000 * config.resolve<number>(path, field);
  return {
    thresholds,
    source: config.resolve<AlarmSource>('alerts.source', own.source),
    deadband: config.resolve<number>('alerts.deadband', own.deadband),
    onDelayMs: ms('alerts.on_delay', own.onDelay),
    offDelayMs: ms('alerts.off_delay', own.offDelay),
    escalateAfterMs: ms('alerts.escalation.warning_to_critical', own.escalateAfter),
    latenessMs: ms('streaming.lateness'),
    maxStrands: config.resolve<number>('streaming.max_strands'),
    history: config.resolve<number>('alerts.history'),
    channels: config.resolve<readonly string[]>('alerts.notification.channels', own.channels),
    notifiedLevels: config.resolve<readonly AlarmLevel[]>('alerts.notification.levels'),
    words: vocabularyOf(config.current!),
  };
}

/** What people call the sensors, and those derived from them. */
function vocabularyOf({ sensors, features }: StrandWatchConfig): Vocabulary {
  return new Map([
    ...sensors.map(({ name, label, unit }) => [name, { label: label ?? spelledOut(name), unit }] as const),
    ...features.derived.map(({ name, unit }) => [name, { label: spelledOut(name), unit }] as const),
  ]);
}
