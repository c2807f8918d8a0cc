import type { StatisticName } from '../lib/config/features.js';
import type { FeaturePlan, SeriesPlan } from './feature-plan.js';

/** One feature, told to people. */
export interface FeatureDescription {
  readonly name: string;
  readonly unit: string;
  readonly formula: string;
  readonly source: string;
}

export interface PlanDescription {
  readonly features: readonly FeatureDescription[];
  readonly channels: readonly FeatureDescription[];
}

interface StatisticDescription {
  /** From the series' unit. */
  readonly unit: (unit: string) => string;
  /** `x` is the series, `W` the window. */
  readonly formula: string;
  readonly source: string;
  /** When it can't be computed. */
  readonly nullWhen: string;
}

const same = (unit: string): string => unit;
const none = (): string => '1';
const squared = (unit: string): string => (unit === '' || unit === '1' ? unit : `(${unit})²`);
const count = (): string => 'samples';

const LOOK_BACK = 'the samples of the last W that are not missing';
const ALWAYS = 'never (0)';
const EMPTY = 'no sample';
const CONSTANT = 'constant, or below 2 samples';

/** Every statistic that the configuration may name. */
export const STATISTIC_CATALOG: Readonly<Record<StatisticName, StatisticDescription>> = {
  count: { unit: count, formula: 'n, the number of samples y', source: LOOK_BACK, nullWhen: ALWAYS },
  mean: { unit: same, formula: 'm = Σy / n', source: 'arithmetic mean', nullWhen: EMPTY },
  std: {
    unit: same,
    formula: '√(Σ(y - m)² / (n - 1))',
    source: 'sample standard deviation',
    nullWhen: 'below 2 samples',
  },
  var: {
    unit: squared,
    formula: 'Σ(y - m)² / (n - 1)',
    source: 'sample variance',
    nullWhen: 'below 2 samples',
  },
  min: { unit: same, formula: 'smallest y', source: 'Lemire 2006', nullWhen: EMPTY },
  max: { unit: same, formula: 'largest y', source: 'Lemire 2006', nullWhen: EMPTY },
  range: { unit: same, formula: 'largest y - smallest y', source: 'Lemire 2006', nullWhen: EMPTY },
  median: quantile('0.5'),
  p1: quantile('0.01'),
  p5: quantile('0.05'),
  p10: quantile('0.10'),
  p25: quantile('0.25'),
  p75: quantile('0.75'),
  p90: quantile('0.90'),
  p95: quantile('0.95'),
  p99: quantile('0.99'),
  slope: {
    unit: (unit) => `${unit}/s`,
    formula: 'Σ(t - mean t)(y - m) / Σ(t - mean t)², t in s',
    source: 'least squares',
    nullWhen: 'below 2 samples',
  },
  r2: { unit: none, formula: 'squared correlation of y and t', source: 'least squares', nullWhen: CONSTANT },
  rms: { unit: same, formula: '√(Σy² / n)', source: 'root mean square', nullWhen: EMPTY },
  skewness: {
    unit: none,
    formula: 'G1 = g1 √(n(n - 1)) / (n - 2), g1 = M3 / M2^1.5',
    source: 'Joanes and Gill, The Statistician 47(1), 1998',
    nullWhen: 'constant, or below 3 samples',
  },
  kurtosis: {
    unit: none,
    formula: 'G2 = (n - 1) / ((n - 2)(n - 3)) ((n + 1) g2 + 6), g2 = M4 / M2² - 3',
    source: 'Joanes and Gill, The Statistician 47(1), 1998',
    nullWhen: 'constant, or below 4 samples',
  },
  mac: {
    unit: same,
    formula: 'mean of |y[i+1] - y[i]| over neighbours',
    source: 'mean absolute change',
    nullWhen: 'no two neighbours',
  },
  last: { unit: same, formula: 'latest y', source: LOOK_BACK, nullWhen: EMPTY },
  delta: { unit: same, formula: 'latest y - earliest y', source: LOOK_BACK, nullWhen: EMPTY },
  cv: {
    unit: none,
    formula: 'std / |m|',
    source: 'coefficient of variation',
    nullWhen: `${CONSTANT}, or m = 0`,
  },
  zscore: { unit: none, formula: '(latest y - m) / std', source: 'standard score', nullWhen: CONSTANT },
  ewma: {
    unit: same,
    formula: 'e ← (1 - a) e + a x, a = 2 / (W + 1)',
    source: 'exponentially weighted mean',
    nullWhen: 'before the first sample',
  },
  deviation: {
    unit: same,
    formula: 'm - usual(x); usual: exponential mean with time constant features.baseline',
    source: 'caster specification 9: means against a slow causal mean',
    nullWhen: EMPTY,
  },
  n_outside: {
    unit: count,
    formula: 'samples below or above the normal band of the sensor',
    source: 'limit check',
    nullWhen: ALWAYS,
  },
  longest_outside: {
    unit: count,
    formula: 'longest run of neighbours outside the normal band',
    source: 'limit check',
    nullWhen: ALWAYS,
  },
  acf1: {
    unit: none,
    formula: 'Σ(y[i] - m)(y[i+1] - m) / Σ(y - m)²',
    source: 'Box and Jenkins, Time Series Analysis',
    nullWhen: `${CONSTANT}, or no two neighbours`,
  },
};

function quantile(share: string): StatisticDescription {
  return {
    unit: same,
    formula: `quantile ${share} of y, linear between neighbours`,
    source: 'Hyndman and Fan 1996, definition 7',
    nullWhen: EMPTY,
  };
}

/** Every feature of a plan, in the order of its vector, and the channels of its sequence. */
export function describePlan(plan: FeaturePlan): PlanDescription {
  const ofSeries = plan.series.map((series, index) => describeSeries(plan, series, index));
  const features = plan.series.flatMap((series, index) =>
    series.windows.flatMap(({ seconds, statistics }) =>
      statistics.map((statistic) => {
        const { unit, formula, source } = STATISTIC_CATALOG[statistic];
        return {
          name: `${series.name}.${statistic}.${seconds}s`,
          unit: unit(series.unit),
          formula: `${formula}; W = ${seconds} s, x = ${ofSeries[index]!.formula}`,
          source: series.kind === 'physics' ? ofSeries[index]!.source : source,
        };
      }),
    ),
  );
  const pairs = plan.pairs.map(({ name, x, y, seconds }) => ({
    name,
    unit: '1',
    formula: `Pearson's r of ${plan.series[x]!.name} and ${plan.series[y]!.name} over ${seconds} s`,
    source: 'correlation',
  }));
  const channels = plan.channels.map(({ name, series, isDeviation }) => ({
    name,
    unit: plan.series[series]!.unit,
    formula: isDeviation ? `x - usual(x), x = ${ofSeries[series]!.formula}` : ofSeries[series]!.formula,
    source: ofSeries[series]!.source,
  }));
  return { features: [...features, ...pairs], channels };
}

/** The series of a plan that are not sensors, as they are each second. */
export function describeSeriesOf(plan: FeaturePlan): readonly FeatureDescription[] {
  return plan.series
    .map((series, index) => describeSeries(plan, series, index))
    .filter((_, index) => plan.series[index]!.kind !== 'sensor');
}

function describeSeries(
  plan: FeaturePlan,
  { name, unit, kind }: SeriesPlan,
  index: number,
): FeatureDescription {
  if (kind === 'sensor') return { name, unit, formula: name, source: 'measured' };
  const derived = plan.config.features.derived[index - plan.sensors.length];
  if (derived !== undefined) return { name, unit, formula: derived.expression, source: 'features.derived' };
  const { formula, source } = plan.physics.flatMap(({ series }) => series).find((one) => one.name === name)!;
  return { name, unit, formula, source };
}
