import type { AlarmLevel, AlarmPriority, AlarmSource } from '../lib/alarm.js';
import type { ProcessState } from '../lib/process-state.js';
import { isBad } from '../lib/quality.js';
import type { ConditionSettings } from '../lib/alarm-condition/condition.js';
import type { Evidence } from './evidence.js';
import type { Convention } from './standing.js';

/** One kind of alarm, in the units of the core. */
export interface AlarmRule extends ConditionSettings<AlarmLevel> {
  readonly name: string;
  readonly label: string;
  readonly source: AlarmSource;
  /** Deterministic rule whose score is watched; null = the highest of all. */
  readonly scoreOf: string | null;
  /** Sensors that count; null = all. */
  readonly sensors: ReadonlySet<string> | null;
  readonly strands: ReadonlySet<string> | null;
  readonly priority: Readonly<Record<AlarmLevel, AlarmPriority>>;
  readonly class: string;
  readonly convention: Convention<AlarmLevel>;
  /** Sentence with places to fill in; null = the usual one. */
  readonly template: string | null;
  /** Process states in which it is suppressed by design. */
  readonly suppress: ReadonlySet<ProcessState>;
  /** Names of the channels that tell of it; null = all. */
  readonly channels: readonly string[] | null;
}

/** Whether the rule's value is a share 0..1 that people read in percent. */
export const isShare = ({ source }: Pick<AlarmRule, 'source'>): boolean =>
  source !== 'sensor-quality' && source !== 'health';

/** Whether it is the risk of a defect. */
export const isRisk = ({ source }: Pick<AlarmRule, 'source'>): boolean =>
  source === 'ensemble' || source === 'baseline' || source === 'sequence';

const HEALTH: Readonly<Record<string, number>> = { healthy: 0, degraded: 1, unhealthy: 2 };

/**
 * What a message says about the rule: its value, null when it should say but can't (no evidence either way), and undefined
 * when the message is not about the rule at all.
 */
export function valueOf(rule: AlarmRule, evidence: Evidence): number | null | undefined {
  if (rule.strands !== null && !rule.strands.has(evidence.strand)) return undefined;
  const { source } = rule;
  switch (source) {
    case 'ensemble':
      return evidence.kind === 'ensemble' ? evidence.risk : undefined;
    case 'baseline':
    case 'sequence':
      return evidence.kind === source ? evidence.risk : evidence.riskOf[source];
    case 'rule':
      return scoreOf(rule, evidence);
    case 'sensor-quality':
      return evidence.quality === null ? undefined : badSensors(rule, evidence).length;
    case 'health':
      return evidence.health === null ? undefined : (HEALTH[evidence.health.status] ?? null);
  }
}

/** Bad sensors that the rule counts, in the order of the message. */
export function badSensors({ sensors }: Pick<AlarmRule, 'sensors'>, { quality }: Evidence): string[] {
  const bad: string[] = [];
  for (const sensor in quality)
    if (isBad(quality[sensor]) && (sensors === null || sensors.has(sensor))) bad.push(sensor);
  return bad;
}

function scoreOf({ scoreOf: name }: AlarmRule, { rules }: Evidence): number | null | undefined {
  if (rules === null) return undefined;
  if (name === null || rules.score === null) return rules.score;
  // Only rules that fired are listed.
  return rules.findings.find(({ rule }) => rule === name)?.score ?? 0;
}
