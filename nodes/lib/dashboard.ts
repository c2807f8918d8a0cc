/**
 * What a browser asks of strand-config's feed, and what it is told: the one contract between the flow and the widgets.
 * A browser says what it has; it is told the rest. Nothing is kept about browsers, so a lost frame mends itself.
 */
import type { AlarmRecord } from './alarm.js';
import type { LiveChange, LoggedChange } from './config-node.js';
import type { StrandWatchConfig } from './config/schema.js';
import type { Contribution, EnsemblePrediction, WarmUp } from './messages.js';

/** Quality of a drawn sample: OPC UA's classes. */
export const GOOD = 0;
export const UNCERTAIN = 1;
export const BAD = 2;

export interface FrameRequest {
  /** Whose trends and risk are wanted; null for none. */
  readonly strand: string | null;
  /** `Frame.feed` of the last frame; another one means that everything is wanted anew. */
  readonly feed: string;
  /** Revision of each section that the browser holds. */
  readonly revisions: Readonly<Partial<Record<SectionName, number>>>;
  /** Run and last instant (cast time, ms) of the series that the browser holds of `strand`. */
  readonly risk: SeriesMark | null;
  readonly trends: SeriesMark | null;
}

export interface SeriesMark {
  readonly run: number;
  readonly upTo: number;
}

export type SectionName = 'settings' | 'alarms' | 'replay' | 'casts' | 'health' | 'errors';

/** A part of the frame that is sent only after it has changed. */
export interface Section<Content> {
  readonly revision: number;
  readonly content: Content;
}

/** One line of the strand overview. Risks 0..1, null = nobody could say. */
export interface StrandSummary {
  readonly strand: string;
  readonly castId: string;
  readonly heat: string | null;
  readonly grade: string | null;
  readonly mold: string | null;
  /** s since the first reading, m of strand; null before the first risk or where not known. */
  readonly elapsed: number | null;
  readonly positionM: number | null;
  /** Cast time of the newest message, ms since the epoch. */
  readonly timestamp: number;
  /** ms by the server's clock since the strand was last heard of. */
  readonly silentMs: number;
  readonly risk: number | null;
  readonly degraded: boolean;
  readonly fallback: boolean;
  readonly confidence: number | null;
  /** While the longest window of the features isn't full; else null. */
  readonly warmUp: Pick<WarmUp, 'seconds' | 'of'> | null;
  /** What the caster is doing, in words. */
  readonly process: readonly { readonly state: string; readonly text: string }[];
  readonly sensors: { readonly uncertain: number; readonly bad: number };
  /** The largest reason of the latest prediction; null when none. */
  readonly reason: Contribution | null;
}

/** Risk series; after `upTo` of the request when `isWhole` is false. Equal lengths, oldest first. */
export interface RiskSeries {
  readonly run: number;
  readonly isWhole: boolean;
  readonly times: readonly number[];
  readonly ensemble: readonly (number | null)[];
  readonly baseline: readonly (number | null)[];
  readonly sequence: readonly (number | null)[];
  readonly rules: readonly (number | null)[];
}

/** Sensor series: `values[sensor][sample]` in the units of the configuration, `quality` likewise. */
export interface TrendSeries {
  readonly run: number;
  readonly isWhole: boolean;
  readonly sensors: readonly string[];
  readonly times: readonly number[];
  /** s since the first reading of the cast, and m of strand where known, of each sample. */
  readonly elapsed: readonly number[];
  readonly positions: readonly (number | null)[];
  readonly values: readonly (readonly (number | null)[])[];
  readonly quality: readonly (readonly number[])[];
  readonly latest: {
    readonly timestamp: number;
    readonly values: readonly (number | null)[];
    /** Words such as `bad.stuck`, of sensors that are not good. */
    readonly quality: Readonly<Record<string, string>>;
  };
}

/** What the models said last. */
export type LatestRisk = EnsemblePrediction & { readonly timestamp: number };

export interface StrandDetail {
  readonly strand: string;
  readonly risk: RiskSeries | null;
  readonly trends: TrendSeries | null;
  readonly latest: LatestRisk | null;
}

export interface AlarmsContent {
  /** Everything that is not back to normal, newest first. */
  readonly open: readonly AlarmRecord[];
  /** The last ones that are over, newest first. */
  readonly over: readonly AlarmRecord[];
}

export interface SettingsContent {
  readonly sensors: readonly Pick<
    StrandWatchConfig['sensors'][number],
    'name' | 'label' | 'unit' | 'normal' | 'range'
  >[];
  readonly features: { readonly derived: readonly { readonly name: string; readonly unit: string }[] };
  /** Without where notifications go: the address of a webhook may be a secret. */
  readonly alerts: Omit<StrandWatchConfig['alerts'], 'notification'>;
  readonly models: StrandWatchConfig['models'];
  /** s of cast time shown on charts. */
  readonly history: number;
  readonly liveChanges: readonly LiveChange[];
  /** Every change and every way back to the file, newest first. */
  readonly changeLog: readonly LoggedChange[];
}

/** What `preview` answers: the alarms that the last hours of risk would have given under other settings. */
export interface AlarmPreview {
  /** Asked for, h of cast time per strand. */
  readonly hours: number;
  readonly strands: number;
  /** s of cast time there was to try them on, all strands together. */
  readonly coveredS: number;
  readonly alarms: number;
  /** Of them, those that became critical. */
  readonly critical: number;
  /** s of cast time with an alarm, all strands together. */
  readonly activeS: number;
}

export interface ErrorLine {
  /** Wall clock, ms. */
  readonly at: number;
  readonly source: string;
  readonly message: string;
}

export interface Frame {
  /** Names this run of the feed: after a restart browsers begin anew. */
  readonly feed: string;
  /** The server's clock, ms since the epoch: ages are told by it, whatever the browser's clock says. */
  readonly wall: number;
  readonly strands: readonly StrandSummary[];
  readonly detail: StrandDetail | null;
  readonly sections: {
    readonly settings?: Section<SettingsContent>;
    readonly alarms?: Section<AlarmsContent>;
    /** State of the replay, as cast-replay tells it. */
    readonly replay?: Section<unknown>;
    /** Casts that can be replayed, as cast-replay lists them. */
    readonly casts?: Section<unknown>;
    /** Figures of perf-monitor. */
    readonly health?: Section<unknown>;
    readonly errors?: Section<readonly ErrorLine[]>;
  };
}
