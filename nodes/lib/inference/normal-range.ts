import type { NormalRange } from '../messages.js';
import type { ModelCard } from '../model-card.js';

/** The grade that stands for all in a card. */
const ANY = 'any';

/** What the card says a feature normally is, for the grade or else for any; undefined when it says nothing. */
export function normalRange(
  { normal }: Pick<ModelCard, 'normal'>,
  feature: string,
  grade: string | undefined,
): NormalRange | undefined {
  if (normal === undefined) return undefined;
  for (const known of grade === undefined ? [ANY] : [grade, ANY]) {
    const ranges = Object.hasOwn(normal, known) ? normal[known]! : {};
    if (!Object.hasOwn(ranges, feature)) continue;
    const [low, , high] = ranges[feature]!;
    return { low, high, grade: known };
  }
  return undefined;
}
