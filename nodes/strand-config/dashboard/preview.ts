import type { AlarmLevel } from '../../lib/alarm.js';
import type { ConditionSettings } from '../../lib/alarm-condition/condition.js';
import type { AlarmPreview } from '../../lib/dashboard.js';
import type { StrandWatchConfig } from '../../lib/config/schema.js';
import { ConfigError, shown } from '../../lib/errors.js';
import { numberField } from '../../lib/parse-field.js';
import type { RiskMemory } from './risk-memory.js';

const USUAL_HOURS = 8;

export interface PreviewRequest {
  readonly settings: ConditionSettings<AlarmLevel>;
  readonly hours: number;
}

/**
 * The settings to be tried, those not given as they are in force.
 * @throws ConfigError naming the field and what it takes
 */
export function previewRequest(
  args: Readonly<Record<string, unknown>>,
  alerts: StrandWatchConfig['alerts'],
): PreviewRequest {
  const share = (name: string, inForce: number): number =>
    numberField(args[name], inForce, { field: name, min: 0, max: 1 });
  const seconds = (name: string, inForce: number): number =>
    numberField(args[name], inForce, { field: name, min: 0, max: 86_400, unit: 's' });
  const warning = share('warning', alerts.thresholds.warning);
  const critical = share('critical', alerts.thresholds.critical);
  if (warning > critical)
    throw new ConfigError(
      'FIELD_INVALID',
      `warning: expected at most critical (${shown(critical)}), got ${shown(warning)}.`,
    );
  const deadband = share('deadband', alerts.deadband);
  return {
    hours: numberField(args.hours, USUAL_HOURS, { field: 'hours', min: 0.01, max: 24, unit: 'h' }),
    settings: {
      limits: [
        { level: 'warning', above: warning, deadband },
        { level: 'critical', above: critical, deadband },
      ],
      onDelayMs: 1000 * seconds('on_delay', alerts.on_delay),
      offDelayMs: 1000 * seconds('off_delay', alerts.off_delay),
    },
  };
}

/** All strands together. */
export function alarmPreview(
  memories: Iterable<RiskMemory>,
  { settings, hours }: PreviewRequest,
): AlarmPreview {
  const sum = { alarms: 0, critical: 0, activeS: 0, coveredS: 0, strands: 0 };
  for (const memory of memories) {
    const { alarms, critical, activeS } = memory.wouldHaveGiven(settings, hours);
    sum.alarms += alarms;
    sum.critical += critical;
    sum.activeS += activeS;
    sum.coveredS += memory.coveredS(hours);
    sum.strands++;
  }
  return { ...sum, hours };
}
