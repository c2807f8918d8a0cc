/** Contributions as lines that people read. Pure. */
import type { AlarmRecord } from '../lib/alarm.js';
import type { SettingsContent } from '../lib/dashboard.js';
import type { NormalRange } from '../lib/messages.js';
import { featureName, threeDigits } from './format.js';
import type { FeedState } from './feed-state.js';
import { labelsOf } from './strand-cards.js';

export interface Reason {
  readonly key: string;
  readonly what: string;
  readonly value: string;
  /** Usual range and which model said so. */
  readonly more: string;
  /** Share of the log-odds; positive raises the risk. */
  readonly contribution: number;
  /** Length of the bar, 0..1 of the largest. */
  readonly share: number;
  readonly raises: boolean;
}

const SHOWN = 8;

/** What the models said of the present, largest first. */
export function reasonsOfNow({
  latest,
  settings,
}: Pick<FeedState, 'latest' | 'settings'>): readonly Reason[] {
  const labels = labelsOf(settings);
  const all = (['baseline', 'sequence'] as const).flatMap((model) =>
    (latest?.[model]?.contributions ?? []).map((one) => ({ ...one, model })),
  );
  const shown = all.sort(bySize).slice(0, SHOWN);
  const largest = Math.max(...shown.map(({ contribution }) => Math.abs(contribution)), 1e-9);
  return shown.map(({ model, feature, value, contribution, normal }) => ({
    key: `${model} ${feature}`,
    what: featureName(feature, labels),
    value: withUnit(value, feature, settings),
    more: [model, usualOf(normal)].filter(Boolean).join(' · '),
    contribution,
    share: Math.abs(contribution) / largest,
    raises: contribution > 0,
  }));
}

/** What the alarm's record keeps of the instant it was raised at. */
export function reasonsOfAlarm({ causes }: AlarmRecord): readonly Reason[] {
  const largest = Math.max(...causes.map(({ contribution }) => Math.abs(contribution)), 1e-9);
  return causes.map(({ model, feature, text, detail, contribution }) => ({
    key: `${model} ${feature}`,
    what: text,
    value: '',
    more: [detail, model].filter(Boolean).join(' · '),
    contribution,
    share: Math.abs(contribution) / largest,
    raises: contribution > 0,
  }));
}

const bySize = (one: { contribution: number }, other: { contribution: number }): number =>
  Math.abs(other.contribution) - Math.abs(one.contribution);

/** Statistics that keep the unit of their sensor. */
const LIKE_THE_SENSOR = new Set(['mean', 'last', 'min', 'max', 'median', 'ewma']);

function withUnit(value: number | null, feature: string, settings: SettingsContent | null): string {
  if (value === null) return 'missing';
  const [sensor, statistic = 'last'] = feature.split('.');
  const unit = settings?.sensors.find(({ name }) => name === sensor)?.unit;
  return LIKE_THE_SENSOR.has(statistic) && unit !== undefined
    ? `${threeDigits(value)} ${unit}`
    : threeDigits(value);
}

/** What the model's card tells of seconds without a defect. */
const usualOf = (normal: NormalRange | undefined): string =>
  normal === undefined
    ? ''
    : `usual ${threeDigits(normal.low)} to ${threeDigits(normal.high)}${normal.grade === 'any' ? '' : ` at ${normal.grade}`}`;

/** Heights 0..1 of the attention bars: the largest is 1. */
export function attentionBars(attention: readonly number[]): readonly number[] {
  const largest = Math.max(...attention, 1e-12);
  return attention.map((weight) => weight / largest);
}
