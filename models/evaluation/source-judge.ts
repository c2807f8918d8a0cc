import type { CastOutcome } from './alarm-episodes.js';
import { CalibrationSums, type CalibrationBin } from './calibration.js';
import { bestWithin, curveOf, judged, sumsOf, type Curve, type CurveSums } from './curve.js';
import {
  calibrationByCast,
  rankedSeconds,
  weighted,
  type CastScores,
  type RankedSeconds,
} from './held-scores.js';
import { eventFigures, pointFigures, type JudgedCast } from './operating-point.js';
import { rankingMetrics } from './ranking-metrics.js';
import { drawn } from './resampling.js';
import type { CastTruth } from './truth.js';

type Figure = number | null;

export interface MechanismFigures {
  readonly events: Figure;
  readonly eventRecall: Figure;
  readonly timelyRecall: Figure;
  readonly medianLeadS: Figure;
  readonly p10LeadS: Figure;
  /** At the frozen threshold. */
  readonly frozenEventRecall: Figure;
}

/** All figures of a source. Those of events are at the threshold of Recall@1 on these casts, unless they say `frozen`. */
export interface SourceFigures {
  readonly threshold: Figure;
  readonly eventRecall: Figure;
  readonly falseAlarmsPer8h: Figure;
  readonly timelyRecall: Figure;
  readonly medianLeadS: Figure;
  readonly p10LeadS: Figure;
  readonly auc: Figure;
  readonly averagePrecision: Figure;
  readonly ece: Figure;
  readonly brier: Figure;
  /** False alarms counted at the threshold of Recall@1. */
  readonly falseAlarms: Figure;
  readonly frozen: FrozenFigures;
  readonly byMechanism: Readonly<Record<string, MechanismFigures>>;
}

export interface FrozenFigures {
  readonly eventRecall: Figure;
  readonly falseAlarmsPer8h: Figure;
  readonly timelyRecall: Figure;
  readonly falseAlarms: Figure;
}

/** Judges what one source said of casts, and of any resample of them. All that is costly is done once. */
export class SourceJudge {
  readonly curve: Curve;
  private readonly sums: CurveSums;
  private readonly ranked: RankedSeconds;
  /** Room for the counts of one resample. */
  private readonly scratch: { readonly positives: Float64Array; readonly negatives: Float64Array };
  private readonly calibrations: readonly CalibrationSums[];
  private readonly byThreshold: readonly (readonly JudgedCast[])[];
  private readonly frozen: readonly JudgedCast[] | null;
  private readonly mechanisms: readonly string[];

  /** @param frozen what an alarm made of the casts whose threshold was chosen elsewhere; null when there is none */
  constructor(
    private readonly casts: readonly CastTruth[],
    readonly scores: readonly CastScores[],
    frozen: readonly CastOutcome[] | null,
  ) {
    this.curve = curveOf(casts, scores);
    this.sums = sumsOf(this.curve);
    this.ranked = rankedSeconds(casts, scores);
    const rows = this.ranked.scores.length;
    this.scratch = { positives: new Float64Array(rows), negatives: new Float64Array(rows) };
    this.calibrations = calibrationByCast(this.ranked, casts.length);
    this.byThreshold = this.curve.outcomes.map((outcomes) => judged(casts, outcomes, this.curve.hours));
    this.frozen = frozen === null ? null : judged(casts, frozen, this.curve.hours);
    this.mechanisms = [...new Set(casts.flatMap(({ events }) => events.map(({ type }) => type)))].sort();
  }

  /** Figures with each cast counted so many times. */
  measure(times: ArrayLike<number>): SourceFigures {
    const best = bestWithin(this.sums, times);
    const casts = best < 0 ? [] : drawn(this.byThreshold[best]!, times);
    const frozen = this.frozen === null ? [] : drawn(this.frozen, times);
    const point = pointFigures(casts);
    const calibration = this.calibration(times);
    return {
      threshold: this.curve.thresholds[best] ?? null,
      eventRecall: point.eventRecall,
      falseAlarmsPer8h: point.falseAlarmsPer8h,
      falseAlarms: point.falseAlarms,
      timelyRecall: point.timelyRecall,
      medianLeadS: point.medianLeadS,
      p10LeadS: point.p10LeadS,
      ...rankingMetrics(weighted(this.ranked, times, this.scratch)),
      ...{ ece: calibration.error(), brier: calibration.brier() },
      frozen: frozenFigures(frozen),
      byMechanism: Object.fromEntries(
        this.mechanisms.map((type) => [
          type,
          { ...eventFigures(casts, type), frozenEventRecall: eventFigures(frozen, type).eventRecall },
        ]),
      ),
    };
  }

  /** How scores and observed shares go together, over all casts. */
  reliability(): CalibrationBin[] {
    return this.calibration(new Uint8Array(this.casts.length).fill(1)).bins();
  }

  /** The casts at the threshold of Recall@1; none when there is no such threshold. */
  atRecall1(): readonly JudgedCast[] {
    return this.byThreshold[bestWithin(this.sums, new Uint8Array(this.casts.length).fill(1))] ?? [];
  }

  private calibration(times: ArrayLike<number>): CalibrationSums {
    const sums = new CalibrationSums();
    this.calibrations.forEach((cast, i) => sums.addAll(cast, times[i]!));
    return sums;
  }
}

function frozenFigures(casts: readonly JudgedCast[]): FrozenFigures {
  if (casts.length === 0)
    return { eventRecall: null, falseAlarmsPer8h: null, timelyRecall: null, falseAlarms: null };
  const { eventRecall, falseAlarmsPer8h, timelyRecall, falseAlarms } = pointFigures(casts);
  return { eventRecall, falseAlarmsPer8h, timelyRecall, falseAlarms };
}
