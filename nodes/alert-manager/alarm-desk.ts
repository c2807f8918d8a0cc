import type { AlarmLevel, AlarmRecord } from '../lib/alarm.js';
import type { CastMs, WallMs } from '../lib/clock.js';
import { MessageError } from '../lib/errors.js';
import { alarmId } from './alarm-id.js';
import { AlarmBook, type BookSnapshot } from './alarm-book.js';
import { assess, isQuiet, levelOf, NORMAL, onsetOf, resumed, type Condition } from './condition.js';
import type { Evidence } from './evidence.js';
import * as lifeCycle from './life-cycle.js';
import type { Finding, Instant, Transition } from './life-cycle.js';
import type { AlarmSettings } from './settings.js';
import { causesOf, modelsOf } from './why.js';

/** The one rule there is so far. */
const RULE = 'defect-risk';
const RANK: Readonly<Record<AlarmLevel, number>> = { warning: 1, critical: 2 };

interface StrandState {
  castId: string;
  /** Newest cast time heard. */
  lastAt: CastMs;
  condition: Condition;
  /** The alarm of the present run of the cast, while it is open. */
  alarmId: string | null;
}

/**
 * Watches the risk of all strands: keyed by strand, one alarm per strand and run of a cast, on cast time alone.
 *
 * A message without a probability is no evidence: the condition stays as it is, only the escalation's time runs on.
 * A cast that changes, or starts again, ends the condition of the one before; its alarm stays open until acknowledged.
 * Bounded: `maxStrands` strands, of which quiet ones give way first; see `AlarmBook` for the records.
 */
export class AlarmDesk {
  private readonly strands = new Map<string, StrandState>();
  readonly book = new AlarmBook();

  /**
   * Takes in what a message says and returns what it changed, in order.
   * @throws MessageError STRAND_LIMIT when there is no room for another strand
   */
  assess(evidence: Evidence, wall: WallMs, settings: AlarmSettings): readonly Transition[] {
    const state = this.stateOf(evidence, settings);
    const transitions: Transition[] = [];
    const note = (transition: Transition): void => {
      this.book.put(transition.record, settings.history);
      transitions.push(transition);
    };
    const { at } = evidence;
    if (evidence.castId !== state.castId) this.leaveCast(state, 'cast-ended', wall, note);
    else if (at < state.lastAt - settings.latenessMs) this.leaveCast(state, 'cast-restarted', wall, note);
    else if (at < state.lastAt) return transitions;
    state.castId = evidence.castId;
    state.lastAt = at;
    const now: Instant = { cast: at, wall };
    if (evidence.risk !== null) this.follow(state, evidence, evidence.risk, now, settings, note);
    const record = this.alarmOf(state);
    if (record !== null && isEscalationDue(record, at, settings))
      note(lifeCycle.escalateIgnored(record, now));
    for (const record of this.book.surplus()) note(lifeCycle.clear(record, 'too-many-open', null, now));
    return transitions;
  }

  /**
   * Acknowledges one alarm.
   * @throws MessageError COMMAND_REFUSED when it is not known, already acknowledged or over
   */
  acknowledge(
    record: AlarmRecord,
    by: string,
    comment: string,
    wall: WallMs,
    settings: AlarmSettings,
  ): readonly Transition[] {
    if (record.acknowledged) {
      throw new MessageError(
        'COMMAND_REFUSED',
        `alarm ${record.id} is acknowledged already, by ${record.acknowledgement?.by ?? 'someone'}. Nothing was changed.`,
      );
    }
    const now: Instant = {
      cast: this.strands.get(record.strand)?.lastAt ?? record.onset ?? (0 as CastMs),
      wall,
    };
    const transitions = [lifeCycle.acknowledge(record, by, comment, now)];
    const { condition, level } = record;
    if (condition !== null && RANK[condition] < RANK[level])
      transitions.push(
        lifeCycle.ease(transitions[0]!.record, condition, settings.thresholds[condition], now),
      );
    for (const transition of transitions) this.book.put(transition.record, settings.history);
    return transitions;
  }

  /** Ends every alarm and forgets every condition, of one strand or all. */
  reset(strand: string | null, by: string, wall: WallMs, settings: AlarmSettings): readonly Transition[] {
    const transitions = this.book.open(strand).map((record) =>
      lifeCycle.clear(record, 'reset', by, {
        cast: this.strands.get(record.strand)?.lastAt ?? record.onset ?? (0 as CastMs),
        wall,
      }),
    );
    for (const { record } of transitions) this.book.put(record, settings.history);
    if (strand === null) this.strands.clear();
    else this.strands.delete(strand);
    return transitions;
  }

  /** Takes up the alarms of an earlier run of the node; an active one goes on when its cast does. */
  restore(snapshot: BookSnapshot, wall: WallMs, keepHistory: number): void {
    this.book.restore(snapshot);
    for (const record of snapshot.open) {
      // Only the newest alarm of a strand goes on; an active one before it lost its end to a damaged line.
      const before = this.strands.get(record.strand);
      if (before !== undefined)
        this.leaveCast(before, 'cast-ended', wall, (end) => this.book.put(end.record, keepHistory));
      const { raised, escalated, acknowledged, returned } = record.castTimes;
      this.strands.set(record.strand, {
        castId: record.castId,
        lastAt: Math.max(
          record.onset ?? 0,
          raised ?? 0,
          escalated ?? 0,
          acknowledged ?? 0,
          returned ?? 0,
        ) as CastMs,
        condition: resumed(record.condition, record.onset ?? (0 as CastMs)),
        alarmId: record.id,
      });
    }
  }

  private stateOf({ strand, castId, at }: Evidence, { maxStrands }: AlarmSettings): StrandState {
    const known = this.strands.get(strand);
    if (known !== undefined) return known;
    if (this.strands.size >= maxStrands) this.makeRoom(maxStrands);
    const state: StrandState = { castId, lastAt: at, condition: NORMAL, alarmId: null };
    this.strands.set(strand, state);
    return state;
  }

  private makeRoom(maxStrands: number): void {
    for (const [strand, state] of this.strands) {
      if (this.alarmOf(state) !== null || !isQuiet(state.condition)) continue;
      this.strands.delete(strand);
      return;
    }
    throw new MessageError(
      'STRAND_LIMIT',
      `alert-manager: all of the ${maxStrands} strands kept at once have an alarm. ` +
        'Acknowledge some, or raise streaming.max_strands in the configuration.',
    );
  }

  private alarmOf({ alarmId }: StrandState): AlarmRecord | null {
    return alarmId === null ? null : this.book.find(alarmId);
  }

  private leaveCast(
    state: StrandState,
    reason: 'cast-ended' | 'cast-restarted',
    wall: WallMs,
    note: (transition: Transition) => void,
  ): void {
    const record = this.alarmOf(state);
    if (record !== null && record.condition !== null)
      note(lifeCycle.leaveCast(record, reason, { cast: state.lastAt, wall }));
    state.condition = NORMAL;
    state.alarmId = null;
  }

  private follow(
    state: StrandState,
    evidence: Evidence,
    risk: number,
    now: Instant,
    settings: AlarmSettings,
    note: (transition: Transition) => void,
  ): void {
    state.condition = assess(state.condition, risk, now.cast, settings);
    const level = levelOf(state.condition);
    const record = this.alarmOf(state);
    if (level === null) {
      if (record !== null && record.condition !== null) note(lifeCycle.returnToNormal(record, risk, now));
    } else if (record === null) {
      const onset = onsetOf(state.condition) ?? now.cast;
      const { strand, castId } = evidence;
      const id = alarmId({ strand, castId, rule: RULE, onset }, this.book.ids());
      state.alarmId = id;
      note(
        lifeCycle.raise(
          {
            ...findingOf(evidence, risk, level, settings),
            id,
            rule: RULE,
            source: settings.source,
            evidence,
            onset,
          },
          now,
        ),
      );
    } else if (record.condition === null) {
      note(lifeCycle.raiseAgain(record, findingOf(evidence, risk, level, settings), now));
    } else if (RANK[level] > RANK[record.condition]) {
      note(lifeCycle.escalate(record, findingOf(evidence, risk, level, settings), now));
    } else if (RANK[level] < RANK[record.condition] && record.acknowledged) {
      note(lifeCycle.ease(record, level, settings.thresholds[level], now));
    }
    this.remember(state, level, risk);
  }

  /** What changes without being a transition: the highest risk, and a condition that eases before it was acknowledged. */
  private remember(state: StrandState, condition: AlarmLevel | null, risk: number): void {
    const record = this.alarmOf(state);
    if (record === null || condition === null) return;
    if (risk > (record.peakRisk ?? 0) || condition !== record.condition)
      this.book.update({ ...record, condition, peakRisk: Math.max(risk, record.peakRisk ?? 0) });
  }
}

function findingOf(evidence: Evidence, risk: number, level: AlarmLevel, settings: AlarmSettings): Finding {
  return {
    level,
    risk,
    limit: settings.thresholds[level],
    models: modelsOf(evidence.payload),
    causes: causesOf(evidence.payload, settings.words),
  };
}

function isEscalationDue(record: AlarmRecord, at: CastMs, { escalateAfterMs }: AlarmSettings): boolean {
  const { raised } = record.castTimes;
  return (
    escalateAfterMs > 0 &&
    record.state === 'UNACK' &&
    record.level === 'warning' &&
    raised !== null &&
    at - raised >= escalateAfterMs
  );
}
