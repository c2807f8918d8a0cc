import type { CastHeading } from './cast-record.js';
import { demoCast } from './demo-casts.js';
import { drawPlan } from './draw-plan.js';
import { calmed, type CastPlan } from './plan.js';
import { castSeed, type Split } from './splits.js';

const FIRST_START = Date.UTC(2026, 0, 5, 6);
const APART = 150 * 60 * 1000; // ms: longer than any cast

/** A series with more or less going wrong than usual. Its casts keep the noise that they have in the usual series. */
export interface Variant {
  /** Factor on how often sensors fail. */
  readonly faultRate: number;
  /** Neither defects nor what looks like them. */
  readonly calm: boolean;
  /** Each cast under conditions of its own instead of the split's; its random numbers stay. */
  readonly varied: boolean;
}

export const usual: Variant = { faultRate: 1, calm: false, varied: false };

/** The cast of that number in a split's endless series, or in the demo set, which has no variants. */
export function castInSeries(
  split: Split,
  seed: number,
  index: number,
  variant: Variant = usual,
): { plan: CastPlan; heading: CastHeading } {
  if (split === 'demo') return demoCast(seed, index);
  const castId = castSeed(split, seed, index);
  const plan = drawPlan(castId, split, variant.faultRate, variant.varied);
  return {
    plan: variant.calm ? calmed(plan) : plan,
    heading: {
      id: castId + suffixOf(variant),
      title: `Cast ${index + 1} of ${split}, seed ${seed}`,
      scenario: 'drawn',
      strand: '1',
      heat: `H${String(index + 1).padStart(5, '0')}`,
      start: new Date(FIRST_START + index * APART).toISOString(),
    },
  };
}

/** So that no two casts with one name differ. */
function suffixOf({ faultRate, calm, varied }: Variant): string {
  return (varied ? '-varied' : '') + (calm ? '-calm' : '') + (faultRate === 1 ? '' : `-faults${faultRate}`);
}
