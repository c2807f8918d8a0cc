import { ALARM_PRIORITIES, isOffList, type AlarmEvent, type AlarmRecord } from '../../lib/alarm.js';
import type { ChatteringSource, PositionKpis, RateVerdict, StandingKpis } from '../../lib/alarm-kpis.js';
import type { WallMs } from '../../lib/clock.js';
import type { PerformanceConfig } from '../../lib/config/performance.js';
import type { DeepReadonly } from '../../lib/config/schema.js';
import { DayTallies, keyOf } from './day-tallies.js';
import { MinuteCounts } from './minute-counts.js';

export type Limits = DeepReadonly<PerformanceConfig>;

/** IEC 62682: three times a minute is chattering. */
const CHATTERING = { times: 3, withinMs: 60_000 };
const MAX_RECENT = 1000;
const MAX_STALE = 100;

/** What one operator position got to hear, on wall time. */
export class Position {
  private readonly minutes: MinuteCounts;
  private readonly days: DayTallies;
  /** When each source was raised within the last minute. */
  private readonly recent = new Map<string, number[]>();

  constructor(
    readonly name: string,
    readonly strands: readonly string[] | null,
    private readonly limits: Limits,
    since: WallMs,
  ) {
    this.minutes = new MinuteCounts(limits.period, { begin: limits.flood_begin, end: limits.flood_end });
    this.days = new DayTallies(limits.period);
    this.minutes.advance(since);
  }

  takes = ({ strand }: Pick<AlarmRecord, 'strand'>): boolean => this.strands?.includes(strand) ?? true;

  hear(event: AlarmEvent, record: AlarmRecord, now: WallMs): void {
    if (event === 'raised' && !isOffList(record)) {
      this.minutes.add(now);
      this.days.raised(record, record.priority, now);
      this.noteRecent(keyOf(record), now);
    } else if (event === 'returned-to-normal' && record.fleeting) this.days.fleeting(record, now);
    else if (event === 'acknowledged' && record.wallTimes.raised !== null)
      this.days.acknowledged(Math.max(0, now - record.wallTimes.raised), now);
  }

  /** @param open alarms that are open now */
  kpis(open: readonly AlarmRecord[], now: WallMs): PositionKpis {
    this.minutes.advance(now);
    this.days.forget(now);
    const { minutes, days, limits } = this;
    const { observed } = minutes;
    const alarms = days.total;
    const last10Min = minutes.sum(10);
    const averagePer10Min = observed < 10 ? null : (10 * minutes.sum(observed)) / observed;
    const flood = minutes.floodMinutes();
    const share = observed === 0 ? 0 : flood.minutes / observed;
    const shareOf = (times: number): number => (alarms === 0 ? 0 : times / alarms);
    const actors = days
      .topSources(10)
      .map(({ strand, rule, times }) => ({ strand, rule, alarms: times, share: shareOf(times) }));
    const topShare = actors.reduce((sum, actor) => sum + actor.share, 0);
    return {
      position: this.name,
      strands: this.strands,
      alarms,
      rate: {
        ...{ last10Min, averagePer10Min, peakPer10Min: minutes.peak() },
        verdict: this.verdictOn(averagePer10Min ?? last10Min),
        lastHours: Array.from({ length: 24 }, (_, i) => minutes.sum(60, 60 * (23 - i))),
      },
      flood: {
        ...{ isNow: minutes.isFlood, count: flood.begun, share },
        isWithin: share <= limits.flood_share,
      },
      standing: this.standing(open.filter(this.takes), now),
      topTen: { actors, share: topShare, isWithin: topShare <= limits.top_ten_share },
      priorities: ALARM_PRIORITIES.map((priority) => {
        const times = days.byPriority(priority);
        return { priority, alarms: times, share: shareOf(times), target: limits.priorities[priority] };
      }),
      chattering: this.chattering(now),
      fleeting: days.topFleeting(10),
      meanAcknowledgeS: days.meanAcknowledgeS(),
    };
  }

  private standing(open: readonly AlarmRecord[], now: WallMs): StandingKpis {
    const active = open.filter(({ condition, occurrences }) => condition !== null && occurrences > 0);
    const stale = active
      .map(({ id, strand, rule, wallTimes }) => ({
        id,
        strand,
        rule,
        ageS: (now - (wallTimes.raised ?? now)) / 1000,
      }))
      .filter(({ ageS }) => ageS > this.limits.stale_after)
      .sort((one, other) => other.ageS - one.ageS);
    return {
      active: active.length,
      unacknowledged: open.filter((record) => !record.acknowledged && !isOffList(record)).length,
      stale: stale.slice(0, MAX_STALE),
      staleCount: stale.length,
      isWithin: stale.length < Math.max(1, this.limits.stale_count),
    };
  }

  private verdictOn(rate: number): RateVerdict {
    if (rate <= this.limits.acceptable_rate) return 'acceptable';
    return rate <= this.limits.manageable_rate ? 'manageable' : 'overloaded';
  }

  private noteRecent(key: string, now: WallMs): void {
    this.forgetRecent(now);
    const times = this.recent.get(key) ?? [];
    if (times.length < MAX_RECENT) times.push(now);
    if (this.recent.size < MAX_RECENT) this.recent.set(key, times);
  }

  private chattering(now: WallMs): readonly ChatteringSource[] {
    this.forgetRecent(now);
    return [...this.recent]
      .filter(([, times]) => times.length >= CHATTERING.times)
      .map(([key, times]) => {
        const [strand, rule] = JSON.parse(key) as [string, string];
        return { strand, rule, perMinute: times.length };
      })
      .sort((one, other) => other.perMinute - one.perMinute);
  }

  private forgetRecent(now: WallMs): void {
    for (const [key, times] of this.recent) {
      const kept = times.filter((at) => at > now - CHATTERING.withinMs && at <= now);
      if (kept.length === 0) this.recent.delete(key);
      else this.recent.set(key, kept);
    }
  }
}
