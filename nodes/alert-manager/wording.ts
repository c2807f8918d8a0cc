import type { AlarmCause } from '../lib/alarm.js';

/** Causes named in the sentence; the record holds more. */
const NAMED = 3;

/** A strand's name for people: `Strand 1` for "1", and an id that already says what it is as it stands. */
export const strandName = (strand: string): string => (/strand/i.test(strand) ? strand : `Strand ${strand}`);

export const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/** The sentence of an alarm: `Strand 1: defect risk 86 % (limit 80 %): Mold friction rose 1.2 kN in 60 s, ...` */
export function sentence(strand: string, headline: string, causes: readonly AlarmCause[]): string {
  const why = causes.slice(0, NAMED).map(({ text }) => text);
  return `${strandName(strand)}: ${headline}${why.length === 0 ? '' : `: ${why.join('; ')}`}`;
}
