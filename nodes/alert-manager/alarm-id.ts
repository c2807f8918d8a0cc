import type { CastMs } from '../lib/clock.js';

/** Separates the parts of an id, so it is escaped inside them. */
const escaped = (part: string): string => part.replaceAll('%', '%25').replaceAll('/', '%2F');

/**
 * The id of an alarm: `strand/cast/rule/onset in ms`, and `/2`, `/3`, ... when the same cast is cast again and crosses
 * the limit at the same instant. The same at any replay speed, and never that of an alarm still known.
 */
export function alarmId(
  alarm: { readonly strand: string; readonly castId: string; readonly rule: string; readonly onset: CastMs },
  known: Iterable<string>,
): string {
  const base = [alarm.strand, alarm.castId, alarm.rule].map(escaped).concat(String(alarm.onset)).join('/');
  let run = 0;
  for (const id of known) {
    if (id === base) run = Math.max(run, 1);
    else if (id.startsWith(`${base}/`)) run = Math.max(run, Number(id.slice(base.length + 1)));
  }
  return run === 0 ? base : `${base}/${run + 1}`;
}
