/** What is to be known of a strand beside its risk, as short signs. Pure. */
import type { StrandSummary } from '../lib/dashboard.js';
import type { ModelKind, Prediction } from '../lib/messages.js';
import { age } from './format.js';
import { LONG_SILENT_MS, warmingUp } from './strand-cards.js';
import type { FeedState } from './feed-state.js';

export interface Sign {
  readonly text: string;
  /** The same at length. */
  readonly title: string;
  /** `fault`: something that should speak is silent; `quality`: a sensor isn't good; `plain`: good to know. None is an alarm. */
  readonly kind: 'fault' | 'quality' | 'plain';
}

export function signsOf(
  { process, warmUp, sensors: { bad, uncertain }, fallback, risk, silentMs }: StrandSummary,
  silent: readonly SilentModel[],
): readonly Sign[] {
  const signs: Sign[] = [];
  if (silentMs > LONG_SILENT_MS)
    signs.push({
      text: `○ nothing heard for ${age(silentMs)}`,
      title: 'What is shown is old',
      kind: 'fault',
    });
  if (fallback)
    signs.push({ text: '✕ rules only', title: 'No model speaks: the rules alone judge', kind: 'fault' });
  else if (risk === null)
    signs.push({ text: '✕ no model speaks', title: 'Nobody could tell the risk', kind: 'fault' });
  else
    for (const { model, reason } of silent)
      signs.push({ text: `✕ ${model} model silent`, title: reason, kind: 'fault' });
  if (warmUp !== null)
    signs.push({
      text: `◔ ${warmingUp(warmUp)}`,
      title: 'The risk rests on a shorter past than the models were trained on',
      kind: 'plain',
    });
  if (bad > 0)
    signs.push({ text: `✕ ${sensorsIn(bad)} bad`, title: 'Their values are not used', kind: 'quality' });
  if (uncertain > 0)
    signs.push({
      text: `? ${sensorsIn(uncertain)} uncertain`,
      title: 'Held or interpolated',
      kind: 'quality',
    });
  for (const { state, text } of process)
    signs.push({ text: state.replaceAll('-', ' '), title: text, kind: 'plain' });
  return signs;
}

const sensorsIn = (count: number): string => `${count} ${count === 1 ? 'sensor' : 'sensors'}`;

export interface SilentModel {
  readonly model: ModelKind;
  readonly reason: string;
}

/** Models that are switched on and gave no probability for the chosen strand. */
export function silentModels({
  latest,
  settings,
}: Pick<FeedState, 'latest' | 'settings'>): readonly SilentModel[] {
  if (latest === null) return [];
  return (['baseline', 'sequence'] as const)
    .filter((model) => settings?.models[model].enabled !== false && isSilent(latest[model]))
    .map((model) => ({ model, reason: latest[model]?.reason ?? 'it gives no answer' }));
}

const isSilent = (prediction: Prediction | null): boolean => (prediction?.probability ?? null) === null;
