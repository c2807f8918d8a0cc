import type { Quality } from '../lib/quality.js';

/** Qualities as small numbers, for the typed arrays of the hot path. Bad ones come last. */
export const QUALITIES = [
  'good',
  'uncertain.held',
  'uncertain.interpolated',
  'uncertain.rate',
  'uncertain.stuck',
  'uncertain.spike',
  'bad.missing',
  'bad.out-of-range',
  'bad.rate',
  'bad.stuck',
  'bad.spike',
] as const satisfies readonly Quality[];

export const GOOD = 0;
export const HELD = QUALITIES.indexOf('uncertain.held');
export const INTERPOLATED = QUALITIES.indexOf('uncertain.interpolated');
export const MISSING = QUALITIES.indexOf('bad.missing');
export const OUT_OF_RANGE = QUALITIES.indexOf('bad.out-of-range');
export const RATE = QUALITIES.indexOf('bad.rate');
export const STUCK = QUALITIES.indexOf('bad.stuck');
export const SPIKE = QUALITIES.indexOf('bad.spike');

/** Codes from here on are bad. */
export const FIRST_BAD = MISSING;

/** The code of a quality that a source gave. Of one of its own making the class is kept, with the nearest reason. */
export function codeOf(quality: unknown): number {
  if (typeof quality !== 'string' || quality === 'good') return GOOD;
  const code = (QUALITIES as readonly string[]).indexOf(quality);
  if (code >= 0) return code;
  if (quality.startsWith('bad')) return MISSING;
  return quality.startsWith('uncertain') ? HELD : GOOD;
}
