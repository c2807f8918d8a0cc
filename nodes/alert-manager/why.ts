import type { AlarmCause } from '../lib/alarm.js';
import type { ModelKind } from '../lib/messages.js';
import { spelledOut } from './wording.js';

/** What people call a sensor, and its unit. */
export interface SensorWords {
  readonly label: string;
  readonly unit: string;
}
export type Vocabulary = ReadonlyMap<string, SensorWords>;

/** Causes kept with an alarm, per model: more than an operator reads at a glance. */
const CAUSES = 5;

const STATISTICS: Readonly<Record<string, { readonly words: string; readonly inUnit: boolean }>> = {
  count: { words: 'readings', inUnit: false },
  mean: { words: 'average', inUnit: true },
  std: { words: 'spread', inUnit: true },
  var: { words: 'variance', inUnit: false },
  min: { words: 'lowest', inUnit: true },
  max: { words: 'highest', inUnit: true },
  range: { words: 'range', inUnit: true },
  median: { words: 'median', inUnit: true },
  last: { words: 'latest', inUnit: true },
  slope: { words: 'trend', inUnit: false },
  r2: { words: 'straightness of trend', inUnit: false },
  rms: { words: 'root mean square', inUnit: true },
  skewness: { words: 'skewness', inUnit: false },
  kurtosis: { words: 'kurtosis', inUnit: false },
  mac: { words: 'average step', inUnit: true },
  delta: { words: 'change', inUnit: true },
  cv: { words: 'relative spread', inUnit: false },
  zscore: { words: 'z-score', inUnit: false },
  ewma: { words: 'smoothed', inUnit: true },
  deviation: { words: 'deviation', inUnit: true },
  n_outside: { words: 'readings outside limits', inUnit: false },
  longest_outside: { words: 'longest run outside limits', inUnit: false },
  acf1: { words: 'autocorrelation', inUnit: false },
};

/**
 * What raised the risk: the contributions of either model that speak for a defect, largest first, each in words.
 * Takes the ensemble's prediction or a single model's; contributions that are not as the contract says are left out.
 */
export function causesOf(
  payload: Readonly<Record<string, unknown>>,
  words: Vocabulary,
): readonly AlarmCause[] {
  return predictionsIn(payload).flatMap(([model, prediction]) =>
    contributionsOf(prediction)
      .filter(({ contribution }) => contribution > 0)
      .sort((one, other) => other.contribution - one.contribution)
      .slice(0, CAUSES)
      .map((cause) => ({ model, ...cause, text: inWords(cause.feature, cause.value, words) })),
  );
}

/** The models that spoke, as `name version`. */
export function modelsOf(payload: Readonly<Record<string, unknown>>): readonly string[] {
  return predictionsIn(payload)
    .filter(([, { probability, model }]) => typeof probability === 'number' && isName(model))
    .map(([, { model, version }]) => (isName(version) ? `${model as string} ${version}` : (model as string)));
}

/**
 * A feature for people: `mold_level.std.60s` at 4.2 is `Mold level spread 4.2 mm (60 s)`, `tc_u1.deviation.10s` at 9
 * `Thermocouple upper 1 9 °C above usual (10 s)`. What isn't a statistic of a series is spelled out.
 */
export function inWords(feature: string, value: number | null, words: Vocabulary): string {
  const [series = '', statistic, window = ''] = feature.split('.');
  const { label, unit } = wordsOf(series, words);
  if (statistic === undefined) return `${label}${shownValue(value, unit)}`;
  const seconds = /^(\d+)s$/.exec(window)?.[1];
  const over = seconds === undefined ? '' : ` (${seconds} s)`;
  if (statistic === 'slope' && value !== null) return `${label} ${value < 0 ? 'falling' : 'rising'}${over}`;
  if (statistic === 'deviation' && value !== null)
    return `${label}${shownValue(Math.abs(value), unit)} ${value < 0 ? 'below' : 'above'} usual${over}`;
  const known = statisticWords(statistic);
  if (known === undefined) return `${spelledOut(feature)}${shownValue(value, '')}`;
  return `${label} ${known.words}${shownValue(value, known.inUnit ? unit : '')}${over}`;
}

function statisticWords(statistic: string): (typeof STATISTICS)[string] | undefined {
  const quantile = /^p(\d+)$/.exec(statistic)?.[1];
  if (quantile !== undefined) return { words: `${quantile}th percentile`, inUnit: true };
  return Object.hasOwn(STATISTICS, statistic) ? STATISTICS[statistic] : undefined;
}

/** A sensor by its label; a series made of one (`tc_u1_contrast`) by the label and what was made of it. */
function wordsOf(series: string, words: Vocabulary): SensorWords {
  const known = words.get(series);
  if (known !== undefined) return known;
  const sensor = [...words.keys()].find((name) => series.startsWith(`${name}_`));
  if (sensor === undefined) return { label: spelledOut(series), unit: '' };
  return {
    label: `${words.get(sensor)!.label} ${series.slice(sensor.length + 1).replaceAll('_', ' ')}`,
    unit: '',
  };
}

function predictionsIn(
  payload: Readonly<Record<string, unknown>>,
): readonly (readonly [ModelKind, Readonly<Record<string, unknown>>])[] {
  if (payload.kind === 'baseline' || payload.kind === 'sequence') return [[payload.kind, payload]];
  return (['baseline', 'sequence'] as const)
    .map((kind) => [kind, payload[kind]] as const)
    .filter((entry): entry is [ModelKind, Record<string, unknown>] => isObject(entry[1]));
}

interface KnownContribution {
  readonly feature: string;
  readonly value: number | null;
  readonly contribution: number;
}

function contributionsOf({ contributions }: Readonly<Record<string, unknown>>): KnownContribution[] {
  if (!Array.isArray(contributions)) return [];
  return contributions.filter(isObject).flatMap(({ feature, value, contribution }) =>
    isName(feature) && typeof contribution === 'number' && Number.isFinite(contribution)
      ? [
          {
            feature,
            value: typeof value === 'number' && Number.isFinite(value) ? value : null,
            contribution,
          },
        ]
      : [],
  );
}

/** Longer ones are no names, and would be kept with the alarm. */
const LONGEST_NAME = 200;

const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_NAME;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Three digits: what a person can compare at a glance. */
function shownValue(value: number | null, unit: string): string {
  if (value === null) return '';
  return ` ${Number(value.toPrecision(3))}${unit === '' ? '' : ` ${unit}`}`;
}
