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
  if (normal === undefined || !Object.hasOwn(normal, feature)) return undefined;
  const byGrade = normal[feature]!;
  const known = grade !== undefined && Object.hasOwn(byGrade, grade) ? grade : ANY;
  if (!Object.hasOwn(byGrade, known)) return undefined;
  const [low, , high] = byGrade[known]!;
  return { low, high, grade: known };
}
