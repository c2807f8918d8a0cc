import { shownAmount, shownTime } from './shown-amount.js';
import { beforeNumber, spelledOut, wordsFor, type SeriesWords, type Vocabulary } from './series-words.js';

/** A feature's name, taken apart: `mold_level.std.60s`. */
export interface FeatureName {
  readonly series: string;
  readonly statistic: string | null;
  readonly windowS: number | null;
}

export function featureName(feature: string): FeatureName {
  const [, series, statistic, seconds] = /^([^.]+)(?:\.([^.]+))?(?:\.(\d+)s)?$/.exec(feature) ?? [];
  return {
    series: series ?? feature,
    statistic: statistic ?? null,
    windowS: seconds === undefined ? null : Number(seconds),
  };
}

/** How a statistic is told. `factor`: from the statistic of the series to the number shown. */
interface StatisticWords {
  readonly text: (label: string, value: number, unit: string) => string;
  /** The number is an amount of the series' unit. */
  readonly inUnit: boolean;
  /** 0..1: how much it tells a person; of features about the same thing the clearest is shown. */
  readonly clarity: number;
}

const amounts =
  (words: string) =>
  (label: string, value: number, unit: string): string =>
    `${label} ${words} ${shownAmount(value, unit)}`.replace('± ', '±');

const STATISTICS: Readonly<Record<string, StatisticWords>> = {
  mean: { text: amounts('average'), inUnit: true, clarity: 0.8 },
  last: { text: amounts('at'), inUnit: true, clarity: 0.8 },
  median: { text: amounts('at'), inUnit: true, clarity: 0.8 },
  ewma: { text: amounts('at'), inUnit: true, clarity: 0.8 },
  min: { text: amounts('down to'), inUnit: true, clarity: 0.8 },
  max: { text: amounts('up to'), inUnit: true, clarity: 0.8 },
  deviation: {
    text: (label, value, unit) =>
      `${beforeNumber(label)} ${shownAmount(Math.abs(value), unit)} ${value < 0 ? 'below' : 'above'} usual`,
    inUnit: true,
    clarity: 1,
  },
  slope: {
    text: (label, value, unit) =>
      `${label} ${value < 0 ? 'fell' : 'rose'} ${shownAmount(Math.abs(value), unit)}`,
    inUnit: true,
    clarity: 1,
  },
  delta: {
    text: (label, value, unit) =>
      `${label} ${value < 0 ? 'fell' : 'rose'} ${shownAmount(Math.abs(value), unit)}`,
    inUnit: true,
    clarity: 1,
  },
  range: { text: amounts('moved by'), inUnit: true, clarity: 0.7 },
  std: { text: amounts('varying by ±'), inUnit: true, clarity: 0.5 },
  mac: { text: amounts('moving from second to second by'), inUnit: true, clarity: 0.5 },
  rms: { text: amounts('with a root mean square of'), inUnit: true, clarity: 0.4 },
  var: { text: amounts('with a variance of'), inUnit: false, clarity: 0.3 },
  cv: { text: amounts('with a relative scatter of'), inUnit: false, clarity: 0.4 },
  zscore: { text: amounts('off its mean by standard deviations:'), inUnit: false, clarity: 0.5 },
  r2: { text: amounts('on a straight trend, r²'), inUnit: false, clarity: 0.3 },
  skewness: { text: amounts('with a skewness of'), inUnit: false, clarity: 0.3 },
  kurtosis: { text: amounts('with a kurtosis of'), inUnit: false, clarity: 0.3 },
  acf1: { text: amounts('with an autocorrelation of'), inUnit: false, clarity: 0.3 },
  count: { text: amounts('readings:'), inUnit: false, clarity: 0.5 },
  n_outside: { text: amounts('readings outside its normal band:'), inUnit: false, clarity: 0.6 },
  longest_outside: {
    text: amounts('readings in a row outside its normal band:'),
    inUnit: false,
    clarity: 0.6,
  },
};

/** Statistics that say where a series stands, at most, at least or on average. */
const LEVELS = new Set(['mean', 'last', 'median', 'ewma', 'min', 'max']);

/** A feature with all that is needed to tell it. */
export interface FeatureWords extends FeatureName {
  readonly words: SeriesWords;
  /** The unit of the number shown, after `toShown`. */
  readonly unit: string;
  readonly clarity: number;
  /** From the feature's number to the one that is shown: a slope as its change over the window, a share as per cent. */
  toShown(value: number): number;
  /** The phrase, without its window; a value that isn't known leaves the bare name. */
  say(value: number | null): string;
}

/** How to tell a feature to people; works for any name. */
export function featureWords(feature: string, sensors: Vocabulary): FeatureWords {
  const name = featureName(feature);
  const words = wordsFor(name.series, sensors);
  const { statistic, windowS } = name;
  const known = statistic === null ? LATEST : statisticWords(statistic);
  if (known === undefined) {
    const label = spelledOut(feature);
    const say = (value: number | null): string =>
      value === null ? label : `${label} ${shownAmount(value, '')}`;
    return { ...name, windowS: null, words, unit: '', clarity: 0.2, toShown: (value) => value, say };
  }
  const isLevel = statistic === null || LEVELS.has(statistic);
  const unit = known.inUnit ? words.unit : '';
  const factor = (known.inUnit ? words.scale : 1) * (statistic === 'slope' ? (windowS ?? 1) : 1);
  const toShown = (value: number): number => value * factor;
  const say = (value: number | null): string => {
    if (value === null) return words.label.replace(/,$/, '');
    if (isLevel && words.level !== null) return levelText(words.level, toShown(value), unit, statistic);
    return known.text(words.label, toShown(value), unit);
  };
  return { ...name, words, unit, clarity: words.level !== null && isLevel ? 1 : known.clarity, toShown, say };
}

/** A channel of a sequence, without a statistic. */
const LATEST = STATISTICS.last!;

function statisticWords(statistic: string): StatisticWords | undefined {
  const quantile = /^p(\d+)$/.exec(statistic)?.[1];
  if (quantile !== undefined)
    return { text: amounts(`${quantile}th percentile at`), inUnit: true, clarity: 0.6 };
  return Object.hasOwn(STATISTICS, statistic) ? STATISTICS[statistic] : undefined;
}

function levelText(
  level: NonNullable<SeriesWords['level']>,
  value: number,
  unit: string,
  statistic: string | null,
): string {
  const size = unit === 's' ? shownTime(Math.abs(value)) : shownAmount(Math.abs(value), unit);
  const isBound = statistic === 'min' || statistic === 'max';
  // Of a negative number the largest is the smallest amount.
  const bound = (statistic === 'max') === value >= 0 ? 'up to ' : 'at least ';
  return (value < 0 ? level.below : level.above)(`${isBound ? bound : ''}${size}`);
}

/** ` (60 s)`, or ` in 5 min` for what happened within its window. */
export function windowText({ statistic, windowS, words }: FeatureWords): string {
  if (windowS === null || (statistic === 'last' && words.level !== null)) return '';
  const isChange = statistic === 'slope' || statistic === 'delta' || statistic === 'range';
  return isChange ? ` in ${shownTime(windowS)}` : ` (${shownTime(windowS)})`;
}
