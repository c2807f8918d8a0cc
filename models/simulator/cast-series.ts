import type { CastHeading } from './cast-record.js';
import { demoCast } from './demo-casts.js';
import { drawPlan } from './draw-plan.js';
import type { CastPlan } from './plan.js';
import { castSeed, type Split } from './splits.js';

const FIRST_START = Date.UTC(2026, 0, 5, 6);
const APART = 150 * 60 * 1000; // ms: longer than any cast

/** The cast of that number in a split's endless series, or in the demo set. */
export function castInSeries(
  split: Split,
  seed: number,
  index: number,
): { plan: CastPlan; heading: CastHeading } {
  if (split === 'demo') return demoCast(seed, index);
  const id = castSeed(split, seed, index);
  return {
    plan: drawPlan(id, split),
    heading: {
      id,
      title: `Cast ${index + 1} of ${split}, seed ${seed}`,
      scenario: 'drawn',
      strand: '1',
      heat: `H${String(index + 1).padStart(5, '0')}`,
      start: new Date(FIRST_START + index * APART).toISOString(),
    },
  };
}
