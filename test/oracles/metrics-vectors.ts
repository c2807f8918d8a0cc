import {
  averagePrecision,
  brierScore,
  calibrationBins,
  confusionAt,
  expectedCalibrationError,
  logLoss,
  rocAuc,
} from '../../models/evaluation/classification-metrics.js';
import { mismatches, type Tolerances } from './tolerance.js';

interface MetricsFile {
  readonly log_loss_eps: number;
  readonly tol: Tolerances;
  readonly sets: readonly {
    readonly id: string;
    readonly y: readonly number[];
    readonly p: readonly number[];
    readonly expect: { readonly at_threshold?: readonly { readonly threshold: number }[] };
  }[];
}

/** Whether a file's content is one of labels, scores and the metrics expected of them. */
export function holdsMetrics(content: unknown): boolean {
  const { schema, sets } = (content ?? {}) as { readonly schema?: unknown; readonly sets?: unknown };
  return (
    (typeof schema === 'string' && schema.startsWith('metrics-')) ||
    (Array.isArray(sets) &&
      sets.some((set: { y?: unknown; p?: unknown }) => Array.isArray(set?.y) && Array.isArray(set.p)))
  );
}

/** @returns what is wrong, one line each */
export function checkMetrics(content: unknown): string[] {
  const { sets, tol, log_loss_eps: margin } = content as MetricsFile;
  return sets.flatMap(({ id, y, p, expect }) => {
    const data = { labels: y.map((label) => label === 1), scores: p };
    const got = {
      roc_auc: rocAuc(data),
      average_precision: averagePrecision(data),
      brier: brierScore(data),
      log_loss: logLoss(data, margin),
      ece15: expectedCalibrationError(data, 15),
      ece15_bins: calibrationBins(data, 15).map(({ bin, count, meanScore, meanLabel }) => [
        bin,
        count,
        meanScore,
        meanLabel,
      ]),
      at_threshold: expect.at_threshold?.map(({ threshold }) => ({
        threshold,
        ...confusionAt(data, threshold),
      })),
    };
    return mismatches('', got, expect, tol).map((problem) => `${id} ${problem}`);
  });
}
