/** What a browser holds of the feed. Pure: a frame and the state before it make the state after it. */
import type {
  AlarmsContent,
  ErrorLine,
  Frame,
  FrameRequest,
  LatestRisk,
  RiskSeries,
  SectionName,
  SeriesMark,
  SettingsContent,
  StrandSummary,
  TrendSeries,
} from '../lib/dashboard.js';
import type { CastEntry, Health, ReplayState } from './shapes.js';

export interface FeedState {
  readonly feed: string;
  readonly wall: number;
  readonly strands: readonly StrandSummary[];
  /** The strand that risk, trends and latest belong to. */
  readonly strand: string | null;
  readonly risk: RiskSeries | null;
  readonly trends: TrendSeries | null;
  readonly latest: LatestRisk | null;
  readonly revisions: Readonly<Partial<Record<SectionName, number>>>;
  readonly settings: SettingsContent | null;
  readonly alarms: AlarmsContent;
  readonly replay: ReplayState | null;
  readonly casts: readonly CastEntry[];
  readonly health: Health | null;
  readonly errors: readonly ErrorLine[];
}

export const NOTHING_YET: FeedState = {
  ...{ feed: '', wall: 0, strands: [], strand: null, risk: null, trends: null, latest: null, revisions: {} },
  ...{ settings: null, alarms: { open: [], over: [] }, replay: null, casts: [], health: null, errors: [] },
};

/** What to ask for next: everything after what is held. */
export function nextRequest(state: FeedState, strand: string | null): FrameRequest {
  const isSame = strand === state.strand;
  return {
    strand,
    feed: state.feed,
    revisions: state.revisions,
    risk: isSame ? markOf(state.risk) : null,
    trends: isSame ? markOf(state.trends) : null,
  };
}

const markOf = (series: RiskSeries | TrendSeries | null): SeriesMark | null =>
  series === null ? null : { run: series.run, upTo: series.times.at(-1) ?? -Infinity };

export function afterFrame(before: FeedState, frame: Frame): FeedState {
  const state = frame.feed === before.feed ? before : NOTHING_YET;
  const { sections, detail } = frame;
  const revisions = { ...state.revisions };
  for (const [name, section] of Object.entries(sections)) revisions[name as SectionName] = section.revision;
  const settings = sections.settings?.content ?? state.settings;
  const strand = detail?.strand ?? null;
  const isSame = strand === state.strand;
  const historyMs = 1000 * (settings?.history ?? 1800);
  return {
    feed: frame.feed,
    wall: frame.wall,
    strands: frame.strands,
    strand,
    risk: riskAfter(isSame ? state.risk : null, detail?.risk ?? null, historyMs),
    trends: trendsAfter(isSame ? state.trends : null, detail?.trends ?? null, historyMs),
    latest: detail?.latest ?? null,
    revisions,
    settings,
    alarms: sections.alarms?.content ?? state.alarms,
    replay: (sections.replay?.content as ReplayState | undefined) ?? state.replay,
    casts: (sections.casts?.content as readonly CastEntry[] | undefined) ?? state.casts,
    health: (sections.health?.content as Health | undefined) ?? state.health,
    errors: sections.errors?.content ?? state.errors,
  };
}

function riskAfter(held: RiskSeries | null, told: RiskSeries | null, historyMs: number): RiskSeries | null {
  if (told === null || told.isWhole || held?.run !== told.run) return told;
  const join = joiner(held.times, told.times, historyMs);
  return {
    run: told.run,
    isWhole: true,
    times: join(held.times, told.times),
    ensemble: join(held.ensemble, told.ensemble),
    baseline: join(held.baseline, told.baseline),
    sequence: join(held.sequence, told.sequence),
    rules: join(held.rules, told.rules),
  };
}

function trendsAfter(
  held: TrendSeries | null,
  told: TrendSeries | null,
  historyMs: number,
): TrendSeries | null {
  if (told === null || told.isWhole || held?.run !== told.run) return told;
  const join = joiner(held.times, told.times, historyMs);
  return {
    run: told.run,
    isWhole: true,
    sensors: told.sensors,
    times: join(held.times, told.times),
    elapsed: join(held.elapsed, told.elapsed),
    positions: join(held.positions, told.positions),
    values: told.values.map((added, sensor) => join(held.values[sensor] ?? [], added)),
    quality: told.quality.map((added, sensor) => join(held.quality[sensor] ?? [], added)),
    latest: told.latest,
  };
}

/** A frame asked for twice may tell the same twice: only what is later than what is held counts; what is too old goes. */
function joiner(heldTimes: readonly number[], toldTimes: readonly number[], historyMs: number) {
  const newest = toldTimes.at(-1) ?? heldTimes.at(-1) ?? 0;
  const last = heldTimes.at(-1) ?? -Infinity;
  const fresh = toldTimes.findIndex((time) => time > last);
  const old = heldTimes.findIndex((time) => time >= newest - historyMs);
  return <Value>(held: readonly Value[], told: readonly Value[]): readonly Value[] => [
    ...(old < 0 ? [] : held.slice(old)),
    ...(fresh < 0 ? [] : told.slice(fresh)),
  ];
}
