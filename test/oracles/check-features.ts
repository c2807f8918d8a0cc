import { checkMetrics } from './metrics-vectors.js';
import { checkReference } from './reference-vectors.js';
import { checkRolling } from './rolling-vectors.js';
import { checkVibration } from './vibration-vectors.js';

/** Which check a file is for, by the schema it names. */
const CHECKS: Readonly<Record<string, (content: unknown) => string[]>> = {
  'rolling-1': checkRolling,
  'vibration-1': checkVibration,
  'reference-2d-1': checkReference,
  'metrics-1': checkMetrics,
};

/** @returns what is wrong with a vector file's content, one line each; empty when all of it passes */
export function checkFeatures(content: unknown): string[] {
  const schema = (content as { readonly schema?: unknown } | null)?.schema;
  const check = typeof schema === 'string' && Object.hasOwn(CHECKS, schema) ? CHECKS[schema] : undefined;
  if (check === undefined)
    return [`schema: expected one of ${Object.keys(CHECKS).join(', ')}, got ${JSON.stringify(schema)}`];
  return check(content);
}
