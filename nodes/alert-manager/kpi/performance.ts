import type { AlarmEvent, AlarmRecord } from '../../lib/alarm.js';
import type { AlarmKpis } from '../../lib/alarm-kpis.js';
import type { WallMs } from '../../lib/clock.js';
import { Position, type Limits } from './position.js';

/** A transition, as far as it counts. */
export interface Counted {
  readonly event: AlarmEvent;
  readonly record: AlarmRecord;
  readonly at: { readonly wall: WallMs };
}

/** How well the alarms serve the operators, counted as they come, on wall time. Memory is bounded by period and positions. */
export class Performance {
  private readonly positions: readonly Position[];
  private readonly since: WallMs;

  /** @param earlier records that an earlier run left: they are counted by their times */
  constructor(
    private readonly limits: Limits,
    earlier: readonly AlarmRecord[],
    now: WallMs,
  ) {
    const past = earlier.flatMap(transitionsOf).sort((one, other) => one.at.wall - other.at.wall);
    this.since = past[0]?.at.wall ?? now;
    this.positions = limits.positions.map(
      ({ name, strands }) => new Position(name, strands ?? null, limits, this.since),
    );
    this.hear(past);
  }

  hear(transitions: readonly Counted[]): void {
    for (const { event, record, at } of transitions)
      for (const position of this.positions)
        if (position.takes(record)) position.hear(event, record, at.wall);
  }

  kpis(open: readonly AlarmRecord[], now: WallMs): AlarmKpis {
    const since = Math.max(this.since, now - this.limits.period * 86_400_000) as WallMs;
    return {
      ...{ at: now, since, observedS: Math.max(0, (now - since) / 1000), limits: this.limits },
      positions: this.positions.map((position) => position.kpis(open, now)),
    };
  }
}

/** What a record tells of its past: the last time of each. */
function transitionsOf(record: AlarmRecord): readonly Counted[] {
  const { raised, acknowledged, returned } = record.wallTimes;
  const moments: readonly (readonly [AlarmEvent, WallMs | null])[] = [
    ['raised', raised],
    ['acknowledged', acknowledged],
    ['returned-to-normal', returned],
  ];
  return moments.flatMap(([event, wall]) => (wall === null ? [] : [{ event, record, at: { wall } }]));
}
