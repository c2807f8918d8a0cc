import {
  activeLimit,
  assess,
  normal,
  type Condition,
  type ConditionSettings,
} from '../../nodes/lib/alarm-condition/condition.js';
import {
  acknowledge,
  confirm,
  expireShelving,
  isRetained,
  QUIET,
  reAlarm,
  removeFromService,
  resetLatch,
  returnToService,
  shelve,
  suppress,
  unshelve,
  unsuppress,
  withCondition,
  type Convention,
  type Refusal,
  type Step,
} from '../../nodes/alert-manager/standing.js';
import { isOffList, type Standing } from '../../nodes/lib/alarm.js';
import { castMs, wallMs } from '../../nodes/lib/clock.js';

/** Configuration of an alarm in the vectors; what is left out is the most capable. */
export interface Part9Config {
  readonly has_confirmed?: boolean;
  readonly max_time_shelved_ms?: number;
  readonly latching?: boolean;
  readonly limits?: Readonly<Partial<Record<LimitName, number | null>>>;
  readonly deadband?: Readonly<Partial<Record<LimitName, number>>>;
  readonly severity?: Readonly<Partial<Record<LimitName | 'base', number>>>;
  readonly on_delay_ms?: number;
  readonly off_delay_ms?: number;
}

export interface Part9Event {
  readonly event: string;
  readonly shelving_time_ms?: number;
  readonly ms?: number;
  readonly value?: number;
}

type LimitName = 'high_high' | 'high' | 'low' | 'low_low';
type LimitState = 'HighHigh' | 'High' | 'Low' | 'LowLow';
type Level = LimitState | 'Active';

const NAMES: Readonly<Record<LimitState, LimitName>> = {
  HighHigh: 'high_high',
  High: 'high',
  Low: 'low',
  LowLow: 'low_low',
};

/** OPC UA's names of the reasons why a method is refused. */
export const STATUS: Readonly<Record<Refusal, string>> = {
  'already-acknowledged': 'Bad_ConditionBranchAlreadyAcked',
  'already-confirmed': 'Bad_ConditionBranchAlreadyConfirmed',
  'already-shelved': 'Bad_ConditionAlreadyShelved',
  'not-shelved': 'Bad_ConditionNotShelved',
  'shelving-time-out-of-range': 'Bad_ShelvingTimeOutOfRange',
  'already-suppressed': 'Bad_InvalidState',
  'not-suppressed': 'Bad_InvalidState',
  'already-out-of-service': 'Bad_InvalidState',
  'in-service': 'Bad_InvalidState',
  'not-latched': 'Bad_InvalidState',
  'still-active': 'Bad_InvalidState',
  unacknowledged: 'Bad_InvalidState',
  unconfirmed: 'Bad_InvalidState',
  'not-active': 'Bad_InvalidState',
};

const OPERATOR = { by: 'operator', comment: '' };
/** Without MaxTimeShelved a shelving may last as long as a Duration can tell. */
const MAX_DURATION = Number.MAX_SAFE_INTEGER;

/** Drives the core of alert-manager as the methods and events of an OPC UA alarm do. */
export class Part9Alarm {
  private standing: Standing<Level> = QUIET;
  private nowMs = 0;
  private result: string | null = null;
  private events = 0;
  private severity: number;
  private lastSeverity: number | null = null;
  private readonly convention: Convention<Level>;
  private readonly sides: readonly Side[];

  constructor(private readonly config: Part9Config) {
    this.convention = {
      ranks: { Active: 1, High: 1, Low: 1, HighHigh: 2, LowLow: 2 },
      latches: config.latching === true,
      asksConfirmation: config.has_confirmed !== false,
      standard: 'opc-ua',
    };
    // A low limit is a high one on the value with its sign turned.
    this.sides = [new Side(['High', 'HighHigh'], 1, config), new Side(['Low', 'LowLow'], -1, config)];
    this.severity = config.severity?.base ?? 0;
  }

  take(event: Part9Event): void {
    this.result = null;
    const { standing, convention } = this;
    const longest = this.config.max_time_shelved_ms ?? MAX_DURATION;
    switch (event.event) {
      case 'active':
        return this.become('Active');
      case 'inactive':
        return this.become(null);
      case 'value':
        return this.hear(event.value!);
      case 'advance':
        this.nowMs += event.ms!;
        this.standing = expireShelving(standing, wallMs(this.nowMs), convention);
        return;
      case 'acknowledge':
        return this.call(acknowledge(standing, convention));
      case 'confirm':
        return this.call(confirm(standing));
      case 'timed_shelve':
        return this.call(this.shelved('timed', event.shelving_time_ms!, longest));
      case 'one_shot_shelve':
        return this.call(this.shelved('one-shot', null, longest));
      case 'unshelve':
        return this.call(unshelve(standing, convention));
      case 'suppress':
        return this.call(suppress(standing, { by: 'operator', reason: 'test' }));
      case 'unsuppress':
        return this.call(unsuppress(standing, 'by-person', convention));
      case 'remove_from_service':
        return this.call(removeFromService(standing, OPERATOR));
      case 'place_in_service':
        return this.call(returnToService(standing, convention));
      case 'reset':
        return this.call(resetLatch(standing));
      case 're_alarm_due':
        return this.call(reAlarm(standing));
      default:
        throw new Error(`no driver for event ${event.event}`);
    }
  }

  /** Everything that the vectors may ask for. */
  facts() {
    const { condition, acknowledged, confirmed, latched, shelving, reAlarms } = this.standing;
    const names = { timed: 'TimedShelved', 'one-shot': 'OneShotShelved' } as const;
    return {
      active: condition !== null,
      acked: acknowledged,
      confirmed,
      retain: isRetained(this.standing),
      latched,
      shelving: shelving === null ? 'Unshelved' : names[shelving.kind],
      suppressed_or_shelved: isOffList(this.standing),
      unshelve_time_ms: shelving === null ? 0 : shelving.until - this.nowMs,
      re_alarm_repeat_count: reAlarms,
      limit_state: condition === 'Active' ? null : condition,
      severity: this.severity,
      last_severity: this.lastSeverity,
      events: this.events,
      result: this.result,
    };
  }

  private shelved(kind: 'timed' | 'one-shot', forMs: number | null, longest: number): Step<Level> {
    return shelve(this.standing, { ...OPERATOR, kind, forMs }, wallMs(this.nowMs), longest);
  }

  private hear(value: number): void {
    // NaN and infinite values are no evidence, as a missing one is to the node.
    if (!Number.isFinite(value)) return;
    for (const side of this.sides) side.hear(value, this.nowMs);
    this.become(this.sides[0]!.level() ?? this.sides[1]!.level());
  }

  private become(condition: Level | null): void {
    const next = withCondition(this.standing, condition, this.convention);
    if (next === this.standing) return;
    this.standing = next;
    this.events++;
    const severity = condition === null || condition === 'Active' ? 'base' : NAMES[condition];
    this.lastSeverity = this.severity;
    this.severity = this.config.severity?.[severity] ?? this.severity;
  }

  private call(next: Step<Level>): void {
    this.result = typeof next === 'string' ? STATUS[next] : 'Good';
    if (typeof next !== 'string') this.standing = next;
  }
}

/** The limits on one side of the normal range. */
class Side {
  private readonly settings: ConditionSettings<LimitState>;
  private condition: Condition;

  constructor(
    levels: readonly LimitState[],
    private readonly sign: 1 | -1,
    { limits, deadband, on_delay_ms: onDelayMs = 0, off_delay_ms: offDelayMs = 0 }: Part9Config,
  ) {
    const limitOf = (level: LimitState) => {
      const value = limits?.[NAMES[level]] ?? null;
      const above = value === null ? Infinity : sign * value;
      return { level, above, deadband: deadband?.[NAMES[level]] ?? 0 };
    };
    this.settings = { limits: levels.map(limitOf), onDelayMs, offDelayMs };
    this.condition = normal(levels);
  }

  hear(value: number, atMs: number): void {
    this.condition = assess(this.condition, this.sign * value, castMs(atMs), this.settings);
  }

  level(): LimitState | null {
    return activeLimit(this.condition, this.settings)?.level ?? null;
  }
}
