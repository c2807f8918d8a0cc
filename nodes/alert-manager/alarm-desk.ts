import { isOffList, LEVEL_RANK, type AlarmLevel, type AlarmRecord } from '../lib/alarm.js';
import type { CastMs, WallMs } from '../lib/clock.js';
import { alarmId } from './alarm-id.js';
import { AlarmBook } from './alarm-book.js';
import { valueOf, type AlarmRule } from './alarm-rule.js';
import { activeLimit, assess, normal, onsetOf, type Limit } from '../lib/alarm-condition/condition.js';
import { reconcileInhibition } from './inhibition.js';
import type { Evidence } from './evidence.js';
import { findingOf } from './finding.js';
import * as lifeCycle from './life-cycle.js';
import type { EndOfWatch, Instant, OffList, Transition } from './life-cycle.js';
import { firstOutOf, isChattering } from './nuisance.js';
import type { AlarmSettings } from './settings.js';
import { suppress, unsuppress, type Convention } from './standing.js';
import { Watches, type Watch } from './watch.js';

/**
 * Watches the conditions of all rules on all strands, on cast time alone: one alarm per rule, strand and run of a cast.
 *
 * A message that can't tell a rule's value is no evidence: its condition stays as it is. A cast that changes, or starts
 * again, ends the condition of the one before; its alarm stays open until acknowledged. Whether a value that comes back
 * belongs to the alarm there was is decided by commands and cast time, never by timers, so that the same cast and commands
 * give the same ids at any speed.
 * Bounded: `maxStrands` strands, of which quiet ones give way first; see `AlarmBook` for the records.
 */
export class AlarmDesk {
  readonly watches = new Watches();
  readonly book = new AlarmBook();

  /**
   * Takes in what a message says and returns what it changed, in order.
   * @throws MessageError STRAND_LIMIT when there is no room for another strand
   */
  assess(evidence: Evidence, wall: WallMs, settings: AlarmSettings): readonly Transition[] {
    const transitions: Transition[] = [];
    for (const rule of settings.rules) {
      const value = valueOf(rule, evidence);
      if (value !== undefined) this.look(rule, value, evidence, wall, settings, transitions);
    }
    if (transitions.length === 0) return transitions;
    const now: Instant = { cast: evidence.at, wall };
    reconcileInhibition(this.book, evidence.strand, transitions, now, settings);
    for (const record of this.book.surplus())
      this.note(
        lifeCycle.step(record, now, 'cleared', 'too-many-open', CLEARED),
        settings.history,
        transitions,
      );
    return transitions;
  }

  /** Ends the alarms of rules that are no longer in force. */
  retire(wall: WallMs, settings: AlarmSettings): readonly Transition[] {
    const transitions: Transition[] = [];
    const rules = new Map(settings.rules.map((rule) => [rule.name, rule]));
    for (const watch of [...this.watches.all()]) {
      const rule = rules.get(watch.rule);
      if (rule === undefined || !(rule.strands?.has(watch.strand) ?? true))
        this.leave(watch, 'rule-removed', wall, settings, transitions);
    }
    return transitions;
  }

  /** Cast time at which a strand was last heard about an alarm. */
  castTimeOf({ strand, rule, castTimes, onset }: AlarmRecord): CastMs {
    return this.watches.get(strand, rule)?.lastAt ?? castTimes.raised ?? onset ?? (0 as CastMs);
  }

  /** Whether the life of a run's alarm is over, so that a value that comes back raises a new one. */
  settle({ strand, rule, id, condition, acknowledged, confirmed, latched }: AlarmRecord): void {
    const watch = this.watches.get(strand, rule);
    if (watch?.alarmId === id && condition === null && acknowledged && confirmed && !latched)
      watch.alarmId = null;
  }

  private look(
    rule: AlarmRule,
    value: number | null,
    evidence: Evidence,
    wall: WallMs,
    settings: AlarmSettings,
    out: Transition[],
  ): void {
    const { strand, castId, at } = evidence;
    const watch = this.watches.of(strand, rule.name, castId, at, rule.limits.length, settings.maxStrands);
    if (castId !== watch.castId) this.leave(watch, 'cast-ended', wall, settings, out);
    else if (at < watch.lastAt - settings.latenessMs)
      this.leave(watch, 'cast-restarted', wall, settings, out);
    else if (at < watch.lastAt) return;
    watch.castId = castId;
    watch.lastAt = at;
    const now: Instant = { cast: at, wall };
    const suppressedBy = suppressorOf(rule, evidence, watch);
    if (suppressedBy !== null && suppressedBy !== watch.suppressedBy)
      this.suppress(watch, suppressedBy, rule, now, settings, out);
    if (value !== null) this.follow(watch, rule, value, evidence, now, settings, out);
    if (suppressedBy === null && watch.suppressedBy !== null) this.unsuppress(watch, now, settings, out);
  }

  private follow(
    watch: Watch,
    rule: AlarmRule,
    value: number,
    evidence: Evidence,
    now: Instant,
    settings: AlarmSettings,
    out: Transition[],
  ): void {
    this.watches.setCondition(watch, assess(watch.condition, value, now.cast, rule));
    const limit = activeLimit(watch.condition, rule);
    const record = watch.alarmId === null ? null : this.book.find(watch.alarmId);
    if (limit === null) {
      if (record === null || record.condition === null) return;
      const transition = lifeCycle.returnToNormal(record, value, rule, settings.nuisance.fleetingMs, now);
      this.note(transition, settings.history, out);
      // An acknowledgement settles it even when a timer has asked for another since.
      const { acknowledgement, confirmed, latched } = record;
      if (acknowledgement !== null && confirmed && !latched) watch.alarmId = null;
      return;
    }
    if (record === null || record.condition === null) {
      this.raise(watch, record, limit, value, rule, evidence, now, settings, out);
    } else if (LEVEL_RANK[limit.level] > LEVEL_RANK[record.condition]) {
      const finding = findingOf(evidence, value, limit, rule, settings.words);
      this.note(lifeCycle.escalate(record, finding, rule, now), settings.history, out);
    } else if (limit.level !== record.condition) {
      this.note(lifeCycle.ease(record, limit.level, limit.above, rule, now), settings.history, out);
    }
    this.rememberPeak(watch, value);
  }

  private raise(
    watch: Watch,
    record: AlarmRecord | null,
    limit: Limit<AlarmLevel>,
    value: number,
    rule: AlarmRule,
    evidence: Evidence,
    now: Instant,
    settings: AlarmSettings,
    out: Transition[],
  ): void {
    const { chatteringCycles } = settings.nuisance;
    watch.raisedAt = [...watch.raisedAt, now.cast].slice(-chatteringCycles);
    const chattering = isChattering(watch.raisedAt, settings.nuisance);
    const finding = findingOf(evidence, value, limit, rule, settings.words);
    if (record !== null) {
      const again = lifeCycle.raiseAgain(record, finding, rule, chattering, now);
      return this.note(again, settings.history, out);
    }
    const { strand, castId } = evidence;
    const onset = onsetOf(watch.condition) ?? now.cast;
    const siblings = this.book.openOf(strand, rule.name);
    const id = alarmId({ strand, castId, rule: rule.name, onset }, this.book.ids());
    const firstOut = firstOutOf(this.book.open(strand), castId, now.cast, settings.firstOutMs);
    const offList = offListOf(siblings, watch);
    watch.alarmId = id;
    for (const sibling of siblings.filter(isIdle))
      this.note(
        lifeCycle.step(sibling, now, 'cleared', 'superseded', { ...CLEARED, ...ON_LIST }),
        settings.history,
        out,
      );
    const alarm = { ...finding, id, rule, evidence, onset, offList, firstOut, chattering };
    this.note(lifeCycle.raise(alarm, now), settings.history, out);
  }

  private suppress(
    watch: Watch,
    state: NonNullable<Watch['suppressedBy']>,
    rule: AlarmRule,
    now: Instant,
    settings: AlarmSettings,
    out: Transition[],
  ): void {
    this.watches.setSuppression(watch, state);
    for (const record of this.book.openOf(watch.strand, rule.name)) {
      // Another process state took over: the new one is the reason from now on.
      const suppressions = record.suppressions.filter(({ by }) => by !== null);
      const next = suppress<AlarmLevel>({ ...record, suppressions }, { by: null, reason: state });
      if (typeof next !== 'string')
        this.note(lifeCycle.step(record, now, 'suppressed', 'process-state', next), settings.history, out);
    }
  }

  private unsuppress(watch: Watch, now: Instant, settings: AlarmSettings, out: Transition[]): void {
    this.watches.setSuppression(watch, null);
    const convention = conventionOf(settings, watch.rule);
    for (const record of this.book.openOf(watch.strand, watch.rule)) {
      const next = unsuppress<AlarmLevel>(record, 'by-design', convention);
      if (typeof next === 'string') continue;
      const transition = lifeCycle.step(record, now, 'unsuppressed', 'process-state', next);
      this.note(transition, settings.history, out);
      this.settle(transition.record);
    }
  }

  private leave(
    watch: Watch,
    reason: EndOfWatch,
    wall: WallMs,
    settings: AlarmSettings,
    out: Transition[],
  ): void {
    const now: Instant = { cast: watch.lastAt, wall };
    const record = watch.alarmId === null ? null : this.book.find(watch.alarmId);
    if (record !== null && record.condition !== null)
      this.note(lifeCycle.endOfWatch(record, reason, now), settings.history, out);
    if (watch.suppressedBy !== null) this.unsuppress(watch, now, settings, out);
    this.watches.setCondition(watch, normal(watch.condition));
    watch.alarmId = null;
    watch.raisedAt = [];
  }

  /** What changes without being a transition. */
  private rememberPeak({ alarmId: id }: Watch, value: number): void {
    const record = id === null ? null : this.book.find(id);
    if (record !== null && value > (record.peakValue ?? -Infinity)) {
      const { peakValue, peakRisk } = lifeCycle.valued(record, value);
      this.book.update({ ...record, peakValue, peakRisk });
    }
  }

  private note(transition: Transition, keep: number, out: Transition[]): void {
    this.book.put(transition.record, keep);
    out.push(transition);
  }
}

/** Nothing left to do about it. */
export const CLEARED = { condition: null, acknowledged: true, confirmed: true, latched: false } as const;
export const ON_LIST = { shelving: null, suppressions: [], outOfService: null } as const;

/** How alarms of a rule behave; those of one that was removed in the plain way. */
export const conventionOf = ({ rules }: AlarmSettings, name: string): Convention<AlarmLevel> =>
  rules.find((rule) => rule.name === name)?.convention ?? PLAIN;

const PLAIN: Convention<AlarmLevel> = {
  ...{ ranks: LEVEL_RANK, latches: false, asksConfirmation: false, standard: 'isa-18.2' },
};

/** Kept open only because it is off the list. */
const isIdle = ({ condition, acknowledged, confirmed, latched }: AlarmRecord): boolean =>
  condition === null && acknowledged && confirmed && !latched;

/** A new alarm is off the list for the reasons that hold for its rule and strand. */
function offListOf(siblings: readonly AlarmRecord[], { suppressedBy }: Watch): OffList {
  const { shelving, outOfService, suppressions } = siblings.find(isOffList) ?? ON_LIST;
  const byPerson = suppressions.filter(({ by }) => by !== null);
  const byDesign = suppressedBy === null ? [] : [{ by: null, reason: suppressedBy }];
  return { shelving, outOfService, suppressions: [...byDesign, ...byPerson] };
}

/** The process state that suppresses the rule; as before when the message doesn't say. */
function suppressorOf(
  { suppress: states }: AlarmRule,
  { process }: Evidence,
  { suppressedBy }: Watch,
): Watch['suppressedBy'] {
  if (process === null) return suppressedBy;
  if (suppressedBy !== null && states.has(suppressedBy) && process.includes(suppressedBy))
    return suppressedBy;
  return process.find((state) => states.has(state)) ?? null;
}
