import { outcomesAt } from './curve.js';
import { alarmCounts, deskOutcome, type AlarmCounts } from './desk-figures.js';
import { faultsAlone, type FaultsAlone } from './faults-alone.js';
import type { CastScores } from './held-scores.js';
import { intervalsOf, type Intervals } from './interval-tree.js';
import type { PlayedCast } from './play-cast.js';
import { resamples } from './resampling.js';
import { SourceJudge, type SourceFigures } from './source-judge.js';
import { SOURCES, type Source } from './sources.js';
import { judgedSeconds, type CastTruth } from './truth.js';

export interface FrozenSettings {
  /** Thresholds chosen before, on other casts; null where a source has none. */
  readonly thresholds: Readonly<Record<Source, number | null>>;
  /** Whose scores the alarms watch. */
  readonly alarmed: readonly Source[];
}

/** Figures whose differences between two sources are told. */
export interface Difference {
  readonly eventRecall: number | null;
  readonly timelyRecall: number | null;
  readonly auc: number | null;
  readonly averagePrecision: number | null;
  readonly ece: number | null;
  readonly frozenEventRecall: number | null;
}

export interface SourceReport extends SourceFigures {
  readonly frozenThreshold: number | null;
  /** 95 %, over casts. */
  readonly intervals: Intervals<SourceFigures>;
}

export interface Evaluation {
  readonly casts: number;
  readonly judgedHours: number;
  readonly events: number;
  /** Null for a source that said nothing at all. */
  readonly models: Readonly<Record<Source, SourceReport | null>>;
  /** The ensemble less another source, with intervals over the same resampled casts. */
  readonly comparisons: Readonly<
    Record<string, { readonly difference: Difference; readonly interval: Intervals<Difference> }>
  >;
  readonly alarms: AlarmCounts;
  readonly faultsAlone: FaultsAlone | null;
  /** For figures and for the choice of thresholds. */
  readonly judges: Readonly<Partial<Record<Source, SourceJudge>>>;
}

/**
 * Judges what was said of casts against what happened in them, by docs/caster.md section 7.
 * @param replicates resamples of the casts behind each interval
 */
export function evaluate(
  truths: readonly CastTruth[],
  played: readonly PlayedCast[],
  frozen: FrozenSettings,
  replicates: number,
): Evaluation {
  const samples = resamples(truths.length, replicates, 'evaluation');
  const once = new Uint8Array(truths.length).fill(1);
  const judges: Partial<Record<Source, SourceJudge>> = {};
  const models: Record<Source, SourceReport | null> = {
    ...{ rules: null, baseline: null, sequence: null, ensemble: null },
  };
  const replicated: Partial<Record<Source, SourceFigures[]>> = {};
  for (const source of SOURCES) {
    const scores = played.map(({ seconds, scores: said }) => ({ seconds, scores: said[source] }));
    if (isSilent(scores)) continue;
    const judge = new SourceJudge(truths, scores, frozenOutcomes(source, truths, played, scores, frozen));
    const figures = samples.map((times) => judge.measure(times));
    judges[source] = judge;
    replicated[source] = figures;
    models[source] = {
      ...judge.measure(once),
      frozenThreshold: frozen.thresholds[source],
      intervals: intervalsOf(figures),
    };
  }
  const alarms = played.map((cast) => cast.alarms);
  return {
    casts: truths.length,
    judgedHours: truths.reduce((sum, truth) => sum + judgedSeconds(truth), 0) / 3600,
    events: truths.reduce((sum, { events }) => sum + events.length, 0),
    ...{ models, judges },
    comparisons: comparisons(models, replicated),
    alarms: alarmCounts(truths, alarms),
    faultsAlone: faultsAlone(truths, alarms, replicates),
  };
}

const isSilent = (casts: readonly CastScores[]): boolean =>
  casts.every(({ scores }) => Array.from(scores).every(Number.isNaN));

/** Of a source that alarms watch, what the alarms made of the casts: delays, deadband and suppression are theirs. */
function frozenOutcomes(
  source: Source,
  truths: readonly CastTruth[],
  played: readonly PlayedCast[],
  scores: readonly CastScores[],
  { thresholds, alarmed }: FrozenSettings,
) {
  if (alarmed.includes(source))
    return truths.map((truth, i) =>
      deskOutcome(
        truth,
        played[i]!.alarms.filter((alarm) => alarm.source === source),
      ),
    );
  const threshold = thresholds[source];
  return threshold === null ? null : outcomesAt(truths, scores, threshold);
}

function comparisons(
  models: Evaluation['models'],
  replicated: Readonly<Partial<Record<Source, readonly SourceFigures[]>>>,
): Evaluation['comparisons'] {
  const { ensemble } = models;
  if (ensemble === null) return {};
  const pairs = SOURCES.filter((source) => source !== 'ensemble' && models[source] !== null).map((source) => {
    const differences = replicated.ensemble!.map((one, i) => less(one, replicated[source]![i]!));
    const about = { difference: less(ensemble, models[source]!), interval: intervalsOf(differences) };
    return [`ensemble - ${source}`, about] as const;
  });
  return Object.fromEntries(pairs);
}

function less(one: SourceFigures, other: SourceFigures): Difference {
  const minus = (a: number | null, b: number | null): number | null =>
    a === null || b === null ? null : a - b;
  return {
    eventRecall: minus(one.eventRecall, other.eventRecall),
    timelyRecall: minus(one.timelyRecall, other.timelyRecall),
    auc: minus(one.auc, other.auc),
    averagePrecision: minus(one.averagePrecision, other.averagePrecision),
    ece: minus(one.ece, other.ece),
    frozenEventRecall: minus(one.frozen.eventRecall, other.frozen.eventRecall),
  };
}
