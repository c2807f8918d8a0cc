import { wallMs, type WallMs } from '../../lib/clock.js';
import { isHushed, isResolved, type Alert, type Labels } from './alert.js';
import { isUpdate, verdictOn, type Told, type UpdateRules, type Verdict } from './needs-update.js';

export interface GroupTiming extends UpdateRules {
  /** Before the first notification of a new group. */
  readonly groupWaitMs: number;
  /** Between two looks at a group. */
  readonly groupIntervalMs: number;
}

/** What people are told of a group at once: all of its alerts, not only those that changed. */
export interface GroupNotification<Content> {
  readonly group: string;
  readonly labels: Labels;
  readonly verdict: Verdict;
  /** Counts the notifications of a group, from 1. */
  readonly sequence: number;
  readonly at: WallMs;
  /** Oldest first: the first one is the first-out. */
  readonly firing: readonly Alert<Content>[];
  /** Empty when resolutions are not told. */
  readonly resolved: readonly Alert<Content>[];
  /** Fingerprints among `firing` that were not told before. */
  readonly news: readonly string[];
}

/** What was told of a group, and how often: what has to be known after a restart. */
export interface GroupLog extends Told {
  readonly labels: Labels;
  readonly sequence: number;
}

/**
 * Alerts told together. A look comes `groupWaitMs` after the first alert, at once for one that has waited elsewhere, then
 * every `groupIntervalMs`; a resolved alert leaves after the look that saw it.
 * Source: Alertmanager, dispatch.aggrGroup.
 */
export class AlertGroup<Content> {
  private readonly alerts = new Map<string, Alert<Content>>();
  private hasLooked = false;
  private lookAt: WallMs;
  private idleSince: WallMs;

  constructor(
    readonly key: string,
    readonly labels: Labels,
    now: WallMs,
    timing: GroupTiming,
    public log: GroupLog | null = null,
  ) {
    this.lookAt = wallMs(now + timing.groupWaitMs);
    this.idleSince = now;
  }

  get size(): number {
    return this.alerts.size;
  }

  get dueAt(): WallMs {
    return this.lookAt;
  }

  /** Empty for so long. */
  isOver(now: WallMs, keepMs: number): boolean {
    return this.alerts.size === 0 && now - this.idleSince >= keepMs;
  }

  put(alert: Alert<Content>, now: WallMs, { groupWaitMs, groupIntervalMs }: GroupTiming): void {
    if (this.alerts.size === 0 && this.lookAt < now)
      this.lookAt = nextOnGrid(this.lookAt, groupIntervalMs, wallMs(now - 1));
    this.alerts.set(alert.key, alert);
    if (alert.hush === 'off-list') this.forget(new Set([alert.fingerprint]));
    if (!this.hasLooked && alert.startsAt + groupWaitMs < now) this.lookAt = now;
  }

  bringForward(lookAt: WallMs): void {
    this.lookAt = lookAt;
  }

  get(key: string): Alert<Content> | undefined {
    return this.alerts.get(key);
  }

  /** The alert belongs elsewhere now: nothing is told of its leaving. */
  remove(key: string): void {
    const alert = this.alerts.get(key);
    this.alerts.delete(key);
    if (alert !== undefined) this.forget(new Set([alert.fingerprint]));
  }

  /** The look at a group that is due. @returns null when nobody is told */
  look(
    now: WallMs,
    timing: GroupTiming,
    isInhibited: (alert: Alert<Content>) => boolean,
  ): GroupNotification<Content> | null {
    const isMuted = (alert: Alert<Content>): boolean => isHushed(alert, now) || isInhibited(alert);
    this.lookAt = nextOnGrid(this.lookAt, timing.groupIntervalMs, now);
    this.hasLooked = true;
    const all = [...this.alerts.values()];
    const told = all.filter((alert) => !isMuted(alert)).sort((one, other) => one.startsAt - other.startsAt);
    const firing = told.filter((alert) => !isResolved(alert, now));
    const resolved = told.filter((alert) => isResolved(alert, now));
    for (const alert of all) if (isResolved(alert, now)) this.alerts.delete(alert.key);
    if (this.alerts.size > 0) this.idleSince = now;
    const notification = told.length === 0 ? null : this.judge(firing, resolved, now, timing);
    // What ended unheard must not count as told when it fires again.
    this.forget(
      new Set(all.filter((alert) => isResolved(alert, now) && isMuted(alert)).map((a) => a.fingerprint)),
    );
    return notification;
  }

  private judge(
    firing: readonly Alert<Content>[],
    resolved: readonly Alert<Content>[],
    now: WallMs,
    timing: GroupTiming,
  ): GroupNotification<Content> | null {
    const before = this.log;
    const sets = { firing: fingerprints(firing), resolved: fingerprints(resolved) };
    const verdict = verdictOn(before, sets.firing, sets.resolved, timing, now);
    if (!isUpdate(verdict)) return null;
    const sequence = (before?.sequence ?? 0) + 1;
    const { key: group, labels } = this;
    this.log = { ...sets, at: now, labels, sequence };
    const shown = timing.sendResolved ? resolved : [];
    if (firing.length + shown.length === 0) return null;
    const news = [...sets.firing].filter((fingerprint) => !(before?.firing.has(fingerprint) ?? false));
    return { group, labels, verdict, sequence, at: now, firing, resolved: shown, news };
  }

  private forget(gone: ReadonlySet<string>): void {
    if (this.log === null || gone.size === 0) return;
    const firing = new Set([...this.log.firing].filter((fingerprint) => !gone.has(fingerprint)));
    if (firing.size < this.log.firing.size) this.log = { ...this.log, firing };
  }
}

const fingerprints = (alerts: readonly Alert<unknown>[]): ReadonlySet<string> =>
  new Set(alerts.map(({ fingerprint }) => fingerprint));

/** The grid goes on where it was; looks that were missed are not made up for. */
function nextOnGrid(lookAt: WallMs, intervalMs: number, now: WallMs): WallMs {
  const missed = Math.max(0, Math.floor((now - lookAt) / intervalMs));
  return wallMs(lookAt + (missed + 1) * intervalMs);
}
