/** Contributions as lines that people read. Pure. */
import type { AlarmRecord } from '../lib/alarm.js';
import type { Contribution, ModelKind } from '../lib/messages.js';
import { featureWords, windowText, type FeatureWords } from '../lib/words/feature-words.js';
import type { Vocabulary } from '../lib/words/series-words.js';
import { shownAmount, shownNumber } from '../lib/words/shown-amount.js';
import type { FeedState } from './feed-state.js';
import { vocabulary } from './strand-cards.js';

export interface Reason {
  readonly key: string;
  readonly what: string;
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
  const words = vocabulary(settings);
  const all = (['baseline', 'sequence'] as const).flatMap((model) =>
    (latest?.[model]?.contributions ?? []).map((one) => ({ ...one, model })),
  );
  const shown = all.sort(bySize).slice(0, SHOWN);
  const largest = Math.max(...shown.map(({ contribution }) => Math.abs(contribution)), 1e-9);
  return shown.map((one) => ({
    key: `${one.model} ${one.feature}`,
    ...toldOf(one, words),
    contribution: one.contribution,
    share: Math.abs(one.contribution) / largest,
    raises: one.contribution > 0,
  }));
}

/** What the alarm's record keeps of the instant it was raised at. */
export function reasonsOfAlarm({ causes }: AlarmRecord): readonly Reason[] {
  const largest = Math.max(...causes.map(({ contribution }) => Math.abs(contribution)), 1e-9);
  return causes.map(({ model, feature, text, detail, contribution }) => ({
    key: `${model} ${feature}`,
    what: text,
    more: [detail, model].filter(Boolean).join(' · '),
    contribution,
    share: Math.abs(contribution) / largest,
    raises: contribution > 0,
  }));
}

const bySize = (one: { contribution: number }, other: { contribution: number }): number =>
  Math.abs(other.contribution) - Math.abs(one.contribution);

/** In the words of the alarms' sentences, so that a list and a sentence tell of the same thing alike. */
function toldOf(
  { feature, value, normal, model }: Contribution & { readonly model: ModelKind },
  sensors: Vocabulary,
): Pick<Reason, 'what' | 'more'> {
  const words = featureWords(feature, sensors);
  const what = `${words.say(value)}${windowText(words)}`;
  return {
    what: value === null ? `${what}: missing` : what,
    more: [normal === undefined ? '' : usualOf(normal, words), model].filter(Boolean).join(' · '),
  };
}

/** What the model's card tells of seconds without a defect. */
function usualOf({ low, high, grade }: NonNullable<Contribution['normal']>, words: FeatureWords): string {
  const range = `${shownNumber(words.toShown(low))} to ${shownAmount(words.toShown(high), words.unit)}`;
  return `normal ${range}${grade === 'any' ? '' : ` for ${grade}`}`;
}

/** Heights 0..1 of the attention bars: the largest is 1. */
export function attentionBars(attention: readonly number[]): readonly number[] {
  const largest = Math.max(...attention, 1e-12);
  return attention.map((weight) => weight / largest);
}
