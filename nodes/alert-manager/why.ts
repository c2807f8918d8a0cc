import type { AlarmCause } from '../lib/alarm.js';
import type { ModelKind, NormalRange } from '../lib/messages.js';
import { contextOf, explainedIn, type KnownContribution } from './explained.js';
import { featureWords, windowText, type FeatureWords } from '../lib/words/feature-words.js';
import { shownAmount, shownNumber, shownTime } from '../lib/words/shown-amount.js';
import type { Vocabulary } from '../lib/words/series-words.js';

/** Causes kept with an alarm: more than an operator reads at a glance. */
const CAUSES = 5;

type Payload = Readonly<Record<string, unknown>>;

/** A contribution that speaks for a defect, ready to be told. */
interface Reason extends KnownContribution {
  readonly model: ModelKind;
  readonly told: FeatureWords;
}

/**
 * What raised the risk, each in words, largest share first: the contributions that speak for a defect, with those about
 * the same thing (several windows of a sensor, a sensor and what is derived from it, both models) told as one.
 * Takes the ensemble's prediction or a single model's; contributions that are not as the contract says are left out.
 */
export function causesOf(payload: Payload, sensors: Vocabulary): readonly AlarmCause[] {
  const models = explainedIn(payload);
  const context = contextOf(models);
  const bySubject = new Map<string, Reason[]>();
  for (const { kind, weight, contributions } of models) {
    for (const contribution of contributions) {
      const share = weight * contribution.contribution;
      if (!(share > 0)) continue;
      const told = featureWords(contribution.feature, sensors);
      const reasons = bySubject.get(told.words.subject) ?? [];
      reasons.push({ ...contribution, contribution: share, model: kind, told });
      bySubject.set(told.words.subject, reasons);
    }
  }
  return [...bySubject.values()]
    .map((reasons) => causeOf(reasons, context))
    .sort((one, other) => other.contribution - one.contribution)
    .slice(0, CAUSES);
}

/** The models that spoke, as `name version`. */
export const modelsOf = (payload: Payload): readonly string[] =>
  explainedIn(payload).flatMap(({ model, hasSpoken }) => (hasSpoken && model !== null ? [model] : []));

/** Several reasons about one thing as one cause, told by the one that tells most. */
function causeOf(reasons: readonly Reason[], context: Readonly<Record<string, number>>): AlarmCause {
  const sorted = reasons.toSorted((one, other) => other.contribution - one.contribution);
  const lead = sorted.reduce((best, reason) => (weightOf(reason) > weightOf(best) ? reason : best));
  const { model, feature, value, told } = lead;
  const usual = usualLevel(told, context);
  const normal = shownNormal(lead);
  return {
    ...{ model, feature, unit: told.unit, windowS: told.windowS, usual, normal },
    value: value === null ? null : told.toShown(value),
    contribution: reasons.reduce((sum, { contribution }) => sum + contribution, 0),
    features: [...new Set(sorted.map((reason) => reason.feature))],
    text: `${told.say(value)}${windowText(told)}${steadiness(told, context)}`,
    detail: detailOf(told, context, usual, normal),
  };
}

/** How much a reason tells: its share, how clear its statistic is to people, and whether the value is out of the normal. */
function weightOf({ contribution, value, normal, told }: Reason): number {
  const isNormal = value !== null && normal !== null && value >= normal.low && value <= normal.high;
  return contribution * told.clarity * (isNormal ? 0.4 : 1);
}

/** The normal range in the unit that is shown. */
function shownNormal({ normal, told }: Reason): NormalRange | null {
  if (normal === null) return null;
  return { ...normal, low: told.toShown(normal.low), high: told.toShown(normal.high) };
}

/** Level of a series now, over the shortest window that the context tells. */
function levelNow({ series }: FeatureWords, context: Readonly<Record<string, number>>) {
  const prefix = `${series}.mean.`;
  const name = Object.keys(context).find((key) => key.startsWith(prefix));
  const window = name?.slice(prefix.length);
  const mean = name === undefined ? undefined : context[name];
  const deviation = context[`${series}.deviation.${window}`];
  return mean === undefined || deviation === undefined ? null : { mean, usual: mean - deviation };
}

const usualLevel = (told: FeatureWords, context: Readonly<Record<string, number>>): number | null =>
  levelNow(told, context)?.usual ?? null;

/** Value now, usual in this cast, normal for the grade: as far as each is known. */
function detailOf(
  told: FeatureWords,
  context: Readonly<Record<string, number>>,
  usual: number | null,
  normal: NormalRange | null,
): string {
  const { unit } = told.words;
  const now = levelNow(told, context)?.mean;
  const parts: string[] = [];
  if (now !== undefined && usual !== null)
    parts.push(`now ${shownAmount(now, unit)}, usual in this cast ${shownAmount(usual, unit)}`);
  if (normal !== null) {
    const of = normal.grade === 'any' ? 'normally' : `normally for ${normal.grade}`;
    const range = `${shownNumber(normal.low)} to ${shownAmount(normal.high, told.unit)}`;
    parts.push(`${of} ${range}${statisticNoun(told)}`);
  }
  return parts.join('; ');
}

/** Of what the normal range is, where it isn't the level itself. */
function statisticNoun({ statistic, windowS }: FeatureWords): string {
  const over = windowS === null ? '' : ` over ${shownTime(windowS)}`;
  if (statistic === 'deviation') return ' from usual';
  if (statistic === 'slope' || statistic === 'delta' || statistic === 'range') return ` of change${over}`;
  if (statistic === 'std') return ` of scatter${over}`;
  return '';
}

/** ` while the casting speed was steady`: what moves with the speed is no finding, what moves without it is. */
function steadiness(
  { statistic, windowS, series, words }: FeatureWords,
  context: Readonly<Record<string, number>>,
): string {
  const isChange = statistic === 'slope' || statistic === 'delta';
  if (!isChange || words.level !== null || words.subject === 'speed' || !FOLLOW_SPEED.test(series)) return '';
  const steadyS = Object.entries(context).find(([name]) => name.startsWith('steady_time.last.'))?.[1];
  return steadyS !== undefined && steadyS >= (windowS ?? 0) ? ' while the casting speed was steady' : '';
}

/** Sensors whose level follows the casting speed (docs/caster.md, section 3). */
const FOLLOW_SPEED = /^(stopper|mold_water_delta_t|tc_|mold_friction|oscillation|spray|strand_surface|heat)/;
