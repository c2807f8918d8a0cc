import type { AlarmSourceName } from '../../lib/alarm-kpis.js';
import type { WallMs } from '../../lib/clock.js';

const DAY_MS = 86_400_000;
/** Sources told apart per day; the others are counted, but not by name. */
const MAX_SOURCES = 1000;

interface DayTally {
  raised: number;
  readonly priorities: Map<string, number>;
  readonly sources: Map<string, number>;
  readonly fleeting: Map<string, number>;
  acknowledged: number;
  waitedMs: number;
}

export interface Ranked extends AlarmSourceName {
  readonly times: number;
}

/** What is counted by name, day by day, so that old days can be forgotten. Bounded by days and `MAX_SOURCES`. */
export class DayTallies {
  private readonly days = new Map<number, DayTally>();

  constructor(private readonly keep: number) {}

  raised(source: AlarmSourceName, priority: string, now: WallMs): void {
    const day = this.day(now);
    day.raised++;
    bump(day.priorities, priority);
    bump(day.sources, keyOf(source));
  }

  fleeting(source: AlarmSourceName, now: WallMs): void {
    bump(this.day(now).fleeting, keyOf(source));
  }

  acknowledged(waitedMs: number, now: WallMs): void {
    const day = this.day(now);
    day.acknowledged++;
    day.waitedMs += waitedMs;
  }

  get total(): number {
    return [...this.days.values()].reduce((sum, { raised }) => sum + raised, 0);
  }

  byPriority(priority: string): number {
    return [...this.days.values()].reduce((sum, { priorities }) => sum + (priorities.get(priority) ?? 0), 0);
  }

  topSources(count: number): readonly Ranked[] {
    return this.top('sources', count);
  }

  topFleeting(count: number): readonly Ranked[] {
    return this.top('fleeting', count);
  }

  /** Mean s from raised to acknowledged; null when none was. */
  meanAcknowledgeS(): number | null {
    let [times, ms] = [0, 0];
    for (const { acknowledged, waitedMs } of this.days.values())
      [times, ms] = [times + acknowledged, ms + waitedMs];
    return times === 0 ? null : ms / times / 1000;
  }

  /** Forgets days that are too old. */
  forget(now: WallMs): void {
    const oldest = Math.floor(now / DAY_MS) - this.keep;
    for (const day of this.days.keys()) if (day <= oldest) this.days.delete(day);
  }

  private top(which: 'sources' | 'fleeting', count: number): readonly Ranked[] {
    const sums = new Map<string, number>();
    for (const day of this.days.values())
      for (const [key, times] of day[which]) sums.set(key, (sums.get(key) ?? 0) + times);
    return [...sums]
      .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
      .slice(0, count)
      .map(([key, times]) => {
        const [strand, rule] = JSON.parse(key) as [string, string];
        return { strand, rule, times };
      });
  }

  private day(now: WallMs): DayTally {
    const index = Math.floor(now / DAY_MS);
    const known = this.days.get(index);
    if (known !== undefined) return known;
    this.forget(now);
    const day = { raised: 0, priorities: new Map(), sources: new Map(), fleeting: new Map() };
    const tally: DayTally = { ...day, acknowledged: 0, waitedMs: 0 };
    this.days.set(index, tally);
    return tally;
  }
}

export const keyOf = ({ strand, rule }: AlarmSourceName): string => JSON.stringify([strand, rule]);

function bump(counts: Map<string, number>, key: string): void {
  if (counts.size < MAX_SOURCES || counts.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
}
