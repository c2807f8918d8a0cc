import { RollingCorrelation } from '../../nodes/lib/statistics/rolling-correlation.js';
import { SeriesHistory } from '../../nodes/lib/statistics/series-history.js';
import {
  historyFor,
  WindowStatistics,
  type Statistic,
} from '../../nodes/lib/statistics/window-statistics.js';
import { mismatch, type Tolerances } from './tolerance.js';

type Values = readonly (number | null)[];

interface RollingFile {
  readonly x: Values;
  readonly y?: Values;
  readonly lo?: number | null;
  readonly hi?: number | null;
  readonly tol: Tolerances;
  readonly windows: readonly {
    readonly window: number;
    readonly idx: readonly number[];
    readonly accept_constant_at?: readonly number[];
    readonly expect: Readonly<Record<string, Values>>;
  }[];
}

/** Names of the vectors where they differ from ours. */
const OURS: Readonly<Record<string, Statistic>> = {
  skew_biased: 'skewness_biased',
  skew_unbiased: 'skewness',
  kurt_biased: 'kurtosis_biased',
  kurt_unbiased: 'kurtosis',
  zscore_last: 'zscore',
};
/** What a constant window answers; the one-ulp rule of the vectors' README. */
const ZERO_WHEN_CONSTANT = ['var', 'std', 'slope'];
const NULL_WHEN_CONSTANT = [
  'skew_biased',
  'skew_unbiased',
  'kurt_biased',
  'kurt_unbiased',
  'r2',
  'cv',
  'zscore_last',
  'acf1',
  'acf1_pearson',
  'corr',
];

/** Plays the series sample by sample. @returns what is wrong, one line each */
export function checkRolling(content: unknown): string[] {
  const file = content as RollingFile;
  return file.windows.flatMap((block) => checkWindow(file, block));
}

function checkWindow(file: RollingFile, block: RollingFile['windows'][number]): string[] {
  const { window, idx, expect, accept_constant_at: alsoConstant = [] } = block;
  const fields = Object.keys(expect);
  const x = new SeriesHistory(historyFor(window));
  const y = new SeriesHistory(historyFor(window));
  const own = fields.filter((field) => field !== 'corr' && field !== 'corr_n');
  const statistics = new WindowStatistics(x, window, own.map(ourName), {
    low: file.lo ?? -Infinity,
    high: file.hi ?? Infinity,
  });
  const pair = new RollingCorrelation(x, y, window);
  const problems: string[] = [];
  let next = 0;
  for (let t = 0; t < file.x.length && next < idx.length; t++) {
    x.push(file.x[t] ?? NaN);
    y.push(file.y?.[t] ?? NaN);
    statistics.push();
    pair.push();
    if (t !== idx[next]) continue;
    const got = (field: string): number =>
      field === 'corr_n'
        ? pair.count
        : field === 'corr'
          ? pair.correlation
          : statistics.value(ourName(field));
    const wrong = (expected: (field: string) => number | null): string[] =>
      fields
        .map((field) => mismatch(field, got(field), expected(field), file.tol))
        .filter((problem) => problem !== null);
    const at = next;
    const exact = wrong((field) => expect[field]![at]!);
    if (exact.length > 0 && alsoConstant.includes(t)) {
      const constant = wrong((field) =>
        ZERO_WHEN_CONSTANT.includes(field)
          ? 0
          : NULL_WHEN_CONSTANT.includes(field)
            ? null
            : expect[field]![at]!,
      );
      if (constant.length > 0) problems.push(...exact.map((problem) => `W=${window} t=${t} ${problem}`));
    } else problems.push(...exact.map((problem) => `W=${window} t=${t} ${problem}`));
    next++;
  }
  return problems;
}

const ourName = (field: string): Statistic => OURS[field] ?? (field as Statistic);
