import { wallMs, type WallMs } from '../../lib/clock.js';
import { merged, type Alert, type Labels } from './alert.js';
import { AlertGroup, type GroupLog, type GroupNotification, type GroupTiming } from './alert-group.js';

export interface Route extends GroupTiming {
  /** Labels by which alerts are told together; none = all in one. */
  readonly groupBy: readonly string[];
}

/** Groups kept at once; alerts that find no room share one. */
export const MAX_GROUPS = 1000;
/** How long an empty group keeps its place on the grid. Source: Alertmanager clears groups every 30 s. */
const KEEP_EMPTY_MS = 30_000;
const OVERFLOW = 'more';

/**
 * Decides when which alerts are told together, on wall time: group wait, group interval and repeat interval with the
 * meaning they have in Alertmanager. Pure: the caller brings the time and comes back at `dueAt`.
 */
export class Dispatcher<Content> {
  private readonly groups = new Map<string, AlertGroup<Content>>();
  private readonly groupOf = new Map<string, AlertGroup<Content>>();

  constructor(
    private route: Route,
    private readonly maxGroups = MAX_GROUPS,
  ) {}

  /** Another timing from now on. Alerts stay in the groups they are in until they are heard again. */
  change(route: Route): void {
    this.route = route;
  }

  accept(alert: Alert<Content>, now: WallMs): void {
    const before = this.groupOf.get(alert.key);
    const known = before?.get(alert.key);
    const next = known === undefined ? alert : merged(known, alert, now);
    const group = this.groupFor(next.labels, now);
    if (before !== undefined && before !== group) before.remove(alert.key);
    group.put(next, now, this.route);
    this.groupOf.set(alert.key, group);
  }

  /** Whether the alert is in one of the groups. */
  knows(key: string): boolean {
    return this.groupOf.has(key);
  }

  /** When `run` has something to look at; null = nothing to do. */
  get dueAt(): WallMs | null {
    let due: number | null = null;
    for (const group of this.groups.values())
      if (group.size > 0 && (due === null || group.dueAt < due)) due = group.dueAt;
    return due === null ? null : wallMs(due);
  }

  /** Looks at every group that is due and returns what people are told, in order of time. */
  run(now: WallMs, isInhibited: (alert: Alert<Content>) => boolean): readonly GroupNotification<Content>[] {
    const notifications: GroupNotification<Content>[] = [];
    for (const group of [...this.groups.values()].sort((one, other) => one.dueAt - other.dueAt)) {
      this.followClock(group, now);
      if (group.dueAt > now) continue;
      const notification = group.look(now, this.route, isInhibited);
      if (notification !== null) notifications.push(notification);
      if (group.isOver(now, KEEP_EMPTY_MS)) this.groups.delete(group.key);
    }
    for (const [key, group] of this.groupOf) if (group.get(key) === undefined) this.groupOf.delete(key);
    return notifications;
  }

  /** What was told of each group, for the store. */
  *logs(): Iterable<readonly [string, GroupLog]> {
    for (const [key, { log }] of this.groups) if (log !== null) yield [key, log];
  }

  /** Takes up what an earlier run told. */
  restore(key: string, log: GroupLog, now: WallMs): void {
    if (this.groups.size >= this.maxGroups) return;
    this.groups.set(key, new AlertGroup(key, log.labels, now, this.route, log));
  }

  private groupFor(labels: Labels, now: WallMs): AlertGroup<Content> {
    const own = Object.fromEntries(this.route.groupBy.map((name) => [name, labels[name] ?? '']));
    const key = JSON.stringify(Object.values(own));
    const known = this.groups.get(key);
    return known === undefined || known.isOver(now, KEEP_EMPTY_MS) ? this.newGroup(key, own, now) : known;
  }

  private newGroup(key: string, labels: Labels, now: WallMs): AlertGroup<Content> {
    if (this.groups.size >= this.maxGroups) {
      const empty = [...this.groups.values()].find((group) => group.size === 0);
      if (empty !== undefined) this.groups.delete(empty.key);
      else if (key !== OVERFLOW) return this.groups.get(OVERFLOW) ?? this.newGroup(OVERFLOW, {}, now);
    }
    const group = new AlertGroup<Content>(key, labels, now, this.route);
    this.groups.set(key, group);
    return group;
  }

  /** A clock that was set back must not put a look off for longer than the interval. */
  private followClock(group: AlertGroup<Content>, now: WallMs): void {
    const longest = Math.max(this.route.groupWaitMs, this.route.groupIntervalMs);
    if (group.dueAt - now > longest) group.bringForward(wallMs(now + longest));
  }
}
