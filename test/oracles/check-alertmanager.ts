/** Alertmanager's facts and recordings, replayed through the scheduler that alert-manager notifies with. */
import { wallMs, type WallMs } from '../../nodes/lib/clock.js';
import type { Alert, Labels } from '../../nodes/alert-manager/notify/alert.js';
import type { GroupNotification } from '../../nodes/alert-manager/notify/alert-group.js';
import { Dispatcher } from '../../nodes/alert-manager/notify/dispatcher.js';
import { isInhibited, type InhibitRule } from '../../nodes/alert-manager/notify/inhibit.js';
import { isUpdate, verdictOn } from '../../nodes/alert-manager/notify/needs-update.js';

interface Config {
  readonly group_by: readonly string[];
  readonly group_wait_s: number;
  readonly group_interval_s: number;
  readonly repeat_interval_s: number;
  readonly send_resolved: boolean;
  readonly resolve_timeout_s?: number;
  readonly inhibit?: { readonly source: string; readonly target: string; readonly equal: readonly string[] };
}

/** An alert as pushed or as wanted; whatever else it carries are labels. */
interface AlertFields {
  readonly alert: string;
  readonly starts_at?: number | null;
  readonly ends_at?: number | null;
  readonly status?: string;
}

interface Push extends AlertFields {
  readonly t: number;
  readonly state?: 'firing' | 'resolved';
}

interface NeedsUpdateRow {
  readonly previous: { firing: number[]; resolved: number[]; age_s: number | null } | null;
  readonly firing: number[];
  readonly resolved: number[];
  readonly send_resolved: boolean;
  readonly repeat_s: number;
  readonly notify: boolean;
}

interface InhibitCase {
  readonly name: string;
  readonly sources: readonly { labels: Labels; resolved: boolean }[];
  readonly equal: readonly string[];
  readonly input: Labels;
  readonly inhibited: boolean;
}

interface Timeline {
  readonly name: string;
  readonly config: Config;
  readonly push: readonly Push[];
  readonly want: readonly {
    readonly between: readonly [number, number];
    readonly alerts: readonly AlertFields[];
  }[];
}

interface Recording {
  readonly id: string;
  readonly config: Config;
  readonly duration_s: number;
  readonly push: readonly Push[];
  readonly notifications: readonly { readonly t: number; readonly alerts: readonly AlertFields[] }[];
}

export interface AlertmanagerFile {
  readonly oracle: string;
  readonly needs_update?: readonly NeedsUpdateRow[];
  readonly inhibit_has_equal?: readonly InhibitCase[];
  readonly timelines?: readonly Timeline[];
  readonly cases?: readonly Recording[];
}

export const isAlertmanagerFile = (content: unknown): content is AlertmanagerFile =>
  /^alertmanager\b/i.test(String((content as Partial<AlertmanagerFile> | null)?.oracle));

/** @returns what differs, one line per finding */
export function checkAlertmanager(file: AlertmanagerFile): string[] {
  return [
    ...(file.needs_update ?? []).flatMap(checkNeedsUpdate),
    ...(file.inhibit_has_equal ?? []).flatMap(checkInhibition),
    ...(file.timelines ?? []).flatMap(checkTimeline),
    ...(file.cases ?? []).flatMap(checkRecording),
  ];
}

/** How many cases a file holds. */
export const casesIn = (file: AlertmanagerFile): number =>
  [file.needs_update, file.inhibit_has_equal, file.timelines, file.cases].reduce(
    (sum, cases) => sum + (cases?.length ?? 0),
    0,
  );

const names = (numbers: readonly number[]): ReadonlySet<string> => new Set(numbers.map(String));

function checkNeedsUpdate(row: NeedsUpdateRow, index: number): string[] {
  const now = wallMs(1e12);
  const told = row.previous && {
    firing: names(row.previous.firing),
    resolved: names(row.previous.resolved),
    at: row.previous.age_s === null ? wallMs(0) : wallMs(now - 1000 * row.previous.age_s),
  };
  const rules = { sendResolved: row.send_resolved, repeatIntervalMs: 1000 * row.repeat_s };
  const verdict = verdictOn(told, names(row.firing), names(row.resolved), rules, now);
  if (isUpdate(verdict) === row.notify) return [];
  return [`needs_update[${index}]: expected notify ${row.notify}, got ${verdict}`];
}

/** The cases ask about equal labels alone: a label of our own tells sources from targets. */
function checkInhibition({ name, sources, equal, input, inhibited }: InhibitCase): string[] {
  const rule: InhibitRule = { source: { side: 'source' }, target: { side: 'target' }, equal };
  const alerts = sources.map(({ labels, resolved }) => ({
    labels: { ...labels, side: 'source' },
    endsAt: resolved ? wallMs(0) : null,
  }));
  const got = isInhibited({ ...input, side: 'target' }, [rule], alerts, wallMs(1000));
  return got === inhibited ? [] : [`${name}: expected inhibited ${inhibited}, got ${got}`];
}

/** Alertmanager's default, s. */
const RESOLVE_TIMEOUT_S = 300;
const ms = (seconds: number): WallMs => wallMs(Math.round(1000 * seconds));

function alertOf(push: Push, { resolve_timeout_s = RESOLVE_TIMEOUT_S }: Config): Alert<null> {
  const { t, alert, starts_at, ends_at, state, ...others } = push;
  // `test{v1}` is an alert called test with a label of its own; see the timeline TestResolved.
  const labels: Record<string, string> = { alertname: alert.replace(/\{.*$/, ''), shown: alert };
  for (const [name, value] of Object.entries(others)) if (typeof value === 'string') labels[name] = value;
  const key = JSON.stringify(Object.entries(labels).sort());
  const end = state === 'resolved' ? t : (ends_at ?? (state === 'firing' ? null : t + resolve_timeout_s));
  return {
    ...{ key, fingerprint: key, labels, hush: 'no', content: null },
    startsAt: ms(starts_at ?? t),
    endsAt: end === null ? null : ms(end),
  };
}

/** Pushes alerts and looks whenever a look is due. @returns what was told until `until` */
function replay(
  pushes: readonly Push[],
  config: Config,
  until: WallMs,
): readonly (readonly [WallMs, GroupNotification<null>])[] {
  const dispatcher = new Dispatcher<null>({
    groupBy: config.group_by,
    groupWaitMs: ms(config.group_wait_s),
    groupIntervalMs: ms(config.group_interval_s),
    repeatIntervalMs: 1000 * config.repeat_interval_s,
    sendResolved: config.send_resolved,
  });
  const { inhibit } = config;
  const rules: readonly InhibitRule[] =
    inhibit === undefined
      ? []
      : [
          {
            source: { alertname: inhibit.source },
            target: { alertname: inhibit.target },
            equal: inhibit.equal,
          },
        ];
  const known = new Map<string, Alert<null>>();
  const told: (readonly [WallMs, GroupNotification<null>])[] = [];
  const lookUntil = (end: WallMs): void => {
    for (let due = dispatcher.dueAt; due !== null && due <= end; due = dispatcher.dueAt) {
      const now = due;
      const isHeldBack = ({ labels }: Alert<null>) => isInhibited(labels, rules, known.values(), now);
      for (const notification of dispatcher.run(now, isHeldBack)) told.push([now, notification]);
    }
  };
  for (const push of [...pushes].sort((one, other) => one.t - other.t)) {
    const now = ms(push.t);
    // What is pushed at the instant of a look is seen by it.
    lookUntil(wallMs(now - 1));
    const alert = alertOf(push, config);
    known.set(alert.key, alert);
    dispatcher.accept(alert, now);
  }
  lookUntil(until);
  return told;
}

/** An alert for comparing: of its times only those that are wanted, to 0.15 s as Alertmanager's own tests have it. */
function shown(alert: AlertFields, wanted: readonly AlertFields[]): string {
  const { starts_at, ends_at, ...others } = alert;
  const same = wanted.find((other) => other.alert === alert.alert && near(other.starts_at, starts_at));
  const times = same !== undefined && near(same.ends_at, ends_at) ? same : alert;
  return JSON.stringify(
    Object.entries({ ...others, starts_at: times.starts_at ?? null, ends_at: times.ends_at ?? null }).sort(),
  );
}

const near = (one: number | null | undefined, other: number | null | undefined): boolean =>
  (one ?? null) === null || (other ?? null) === null
    ? (one ?? null) === (other ?? null)
    : Math.abs(one! - other!) <= TOLERANCE_S;
const TOLERANCE_S = 0.15;

const alertsIn = ({ firing, resolved }: GroupNotification<null>): readonly AlertFields[] => [
  ...firing.map((alert) => fieldsOf(alert, 'firing')),
  ...resolved.map((alert) => fieldsOf(alert, 'resolved')),
];

function fieldsOf({ labels, startsAt, endsAt }: Alert<null>, status: string): AlertFields {
  const others: Record<string, string> = { ...labels };
  const { shown: alert = '' } = labels;
  delete others.alertname;
  delete others.shown;
  const ends_at = status === 'resolved' && endsAt !== null ? endsAt / 1000 : null;
  return { ...others, alert, status, starts_at: startsAt / 1000, ends_at };
}

const sortedText = (alerts: readonly AlertFields[], wanted: readonly AlertFields[]): string =>
  alerts
    .map((alert) => shown(alert, wanted))
    .sort()
    .join(' ');

function checkTimeline({ name, config, push, want }: Timeline): string[] {
  const end = Math.max(...want.map(({ between }) => between[1]));
  const left = [...replay(push, config, wallMs(ms(end) - 1))];
  const problems = want.flatMap(({ between: [from, to], alerts }) => {
    const index = left.findIndex(([at]) => at >= ms(from - TOLERANCE_S) && at < ms(to));
    if (index === -1) return [`${name}: expected a notification in ${from}..${to} s, got none`];
    const got = alertsIn(left.splice(index, 1)[0]![1]);
    if (sortedText(got, alerts) === sortedText(alerts, alerts)) return [];
    return [`${name} ${from}..${to} s: expected ${JSON.stringify(alerts)}, got ${JSON.stringify(got)}`];
  });
  return [...problems, ...left.map(([at]) => `${name}: a notification at ${at / 1000} s that is not wanted`)];
}

function checkRecording({ id, config, duration_s, push, notifications }: Recording): string[] {
  const got = replay(push, config, ms(duration_s)).map(([at, notification]) =>
    told(at / 1000, alertsIn(notification)),
  );
  const wanted = notifications.map(({ t, alerts }) => told(t, alerts));
  const at = wanted.findIndex((text, index) => text !== got[index]);
  const first = at === -1 ? wanted.length : at;
  if (at === -1 && got.length === wanted.length) return [];
  return [
    `${id}: notification ${first + 1}: expected ${wanted[first] ?? 'none'}, got ${got[first] ?? 'none'}`,
  ];
}

const told = (t: number, alerts: readonly AlertFields[]): string =>
  `${t} s ${alerts
    .map(({ alert, status }) => `${alert} ${status}`)
    .sort()
    .join(', ')}`;
