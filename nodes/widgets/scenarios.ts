/** What a demonstration offers, and what really happened in the casts that are played. Pure. */
import type { ModelKind } from '../lib/messages.js';
import { mechanismName } from './format.js';
import type { CastEntry, ReplayState } from './shapes.js';

/** Shipped casts by what they show. */
export const SCENARIOS: readonly { readonly name: string; readonly casts: string }[] = [
  { name: 'Normal', casts: 'normal' },
  { name: 'Developing defect', casts: 'crack' },
  { name: 'Sticker', casts: 'sticker' },
  { name: 'Sensor fault', casts: 'sensor-fault' },
];

/** Models that fail on purpose, so that one sees what the flow makes of it. */
export const FAILURES: readonly { readonly name: string; readonly models: readonly ModelKind[] }[] = [
  { name: 'Model failure', models: ['sequence'] },
  { name: 'All models fail', models: ['baseline', 'sequence'] },
];

export const failurePath = (model: ModelKind): string => `models.${model}.simulate_failure`;

export interface CastGroup {
  /** Ids as `load` takes them, with commas. */
  readonly ids: string;
  readonly title: string;
}

/** One choice per heat: strands of the same heat are replayed side by side. */
export function castGroups(casts: readonly CastEntry[]): readonly CastGroup[] {
  const byHeat = new Map<string, CastEntry[]>();
  for (const cast of casts) {
    const heat = cast.heat ?? cast.id;
    byHeat.set(heat, [...(byHeat.get(heat) ?? []), cast]);
  }
  return [...byHeat.values()].map((together) => ({
    ids: together.map(({ id }) => id).join(),
    title: together.map(({ id, title }) => title ?? id).join(' + '),
  }));
}

export interface EventMark {
  readonly key: string;
  readonly text: string;
  /** Share of the longest cast, 0..1. */
  readonly from: number;
  readonly to: number;
}

/** The true events of the casts that are played, as their records tell them. */
export function eventMarks({ strands }: ReplayState, casts: readonly CastEntry[]): readonly EventMark[] {
  const duration = Math.max(1, ...strands.map((strand) => strand.duration ?? 0));
  return strands.flatMap(({ strand, castId }) =>
    (casts.find(({ id }) => id === castId)?.events ?? []).map(({ type, onset, end }) => ({
      key: `${strand} ${type} ${onset}`,
      text: `${mechanismName(type)}${strands.length > 1 ? `, strand ${strand}` : ''}`,
      from: onset / duration,
      to: Math.min(1, end / duration),
    })),
  );
}
