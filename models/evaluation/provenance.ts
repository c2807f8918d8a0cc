import { trainedOtherwise } from '../../nodes/lib/inference/trained-otherwise.js';
import type { ModelCard } from '../../nodes/lib/model-card.js';
import type { PlayedCast } from './play-cast.js';
import type { ServedModels } from './served-models-file.js';
import type { CastTruth } from './truth.js';

export interface ModelProvenance {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

/** What the figures were made of. */
export interface Provenance {
  readonly castsFolder: string;
  readonly firstCast: string;
  readonly lastCast: string;
  readonly molds: readonly string[];
  readonly configuration: string;
  readonly featureSpec: string;
  readonly models: { readonly baseline: ModelProvenance | null; readonly sequence: ModelProvenance | null };
  /** Instants at which something was predicted. */
  readonly instants: number;
  readonly replicates: number;
  /** Why models were silent, and other reasons to doubt the figures; empty when there is none. */
  readonly problems: readonly string[];
}

export interface Origin {
  readonly castsFolder: string;
  readonly configuration: string;
  readonly featureSpec: string;
  readonly replicates: number;
}

export function provenanceOf(
  origin: Origin,
  served: ServedModels,
  truths: readonly CastTruth[],
  played: readonly PlayedCast[],
): Provenance {
  const cards = [served.baseline?.card, served.sequence?.card].filter((card) => card !== undefined);
  return {
    ...origin,
    firstCast: truths[0]!.id,
    lastCast: truths.at(-1)!.id,
    molds: [...new Set(truths.flatMap(({ mold }) => (mold === null ? [] : [mold])))].sort(),
    models: {
      baseline: modelProvenance(served.baseline?.card),
      sequence: modelProvenance(served.sequence?.card),
    },
    instants: played.reduce((sum, { seconds }) => sum + seconds.length, 0),
    problems: [
      ...cards.map((card) => trainedOtherwise(card, origin.featureSpec)).filter((said) => said !== null),
      ...new Set(played.flatMap(({ problems }) => problems)),
    ],
  };
}

const modelProvenance = (card: ModelCard | undefined): ModelProvenance | null =>
  card === undefined ? null : { name: card.name, version: card.version, sha256: card.graph.sha256 };
