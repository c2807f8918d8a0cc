import type { AlarmCause, AlarmLevel, AlarmRecord, AlarmSource, LikelyMechanism } from '../lib/alarm.js';
import { isShare } from './alarm-rule.js';
import { percent, sentence, strandName } from './wording.js';

/** What a sentence is made of. */
export interface Told {
  readonly strand: string;
  readonly label: string;
  readonly source: AlarmSource;
  readonly level: AlarmLevel;
  readonly value: number;
  readonly limit: number;
  readonly heat: string | null;
  readonly grade: string | null;
  readonly mechanism: LikelyMechanism | null;
  readonly causes: readonly AlarmCause[];
  /** Said in place of causes where no model spoke. */
  readonly details: readonly string[];
}

/** Sentence of an alarm that was raised; places like {value} of the rule's own template are filled in. */
export function raisedMessage(told: Told, template: string | null): string {
  const headline = aboveLimit(told);
  const usual = (lead: string): string =>
    told.causes.length > 0 || told.details.length === 0
      ? sentence(told.strand, lead, told.causes)
      : `${strandName(told.strand)}: ${lead}: ${told.details.slice(0, NAMED).join('; ')}`;
  if (template === null) return usual(headline);
  const whole = usual(headline);
  const why = whole.slice(`${strandName(told.strand)}: ${headline}`.length).replace(/^: /, '');
  const words: Readonly<Record<string, string>> = {
    ...{ strand: told.strand, label: told.label, level: told.level, why },
    ...{ value: shownAs(told.value, told), limit: shownAs(told.limit, told) },
    ...{ heat: told.heat ?? '', grade: told.grade ?? '' },
  };
  return template.replaceAll(/\{(\w+)\}/g, (place, name: string) =>
    Object.hasOwn(words, name) ? words[name]! : place,
  );
}

/** Sentence of one that returned to normal at `value`. */
export function returnedMessage(record: AlarmRecord, value: number): string {
  const { strand, label, limit, peakValue } = record;
  const bounds = `limit ${shownAs(limit ?? 0, record)}, peak ${shownAs(peakValue ?? value, record)}`;
  return `${strandName(strand)}: ${label} back to ${shownAs(value, record)} (${bounds})`;
}

/** Sentence of one that nothing can return to normal any more. */
export function unwatchedMessage(record: AlarmRecord, reason: string): string {
  const { strand, label, limit, peakValue } = record;
  const peak = `${label} up to ${shownAs(peakValue ?? 0, record)} (limit ${shownAs(limit ?? 0, record)})`;
  const why = reason === 'rule-removed' ? 'its rule was removed' : 'the cast ended';
  return `${strandName(strand)}: ${why} with the alarm active, ${peak}`;
}

/** Sentence of a quiet alarm that somebody took off the list. */
export const quietMessage = (strand: string, label: string): string =>
  `${strandName(strand)}: ${label}, no alarm at present`;

/** Details named in the sentence; there may be hundreds of bad sensors. */
const NAMED = 3;

const aboveLimit = (told: Told): string =>
  `${told.label} ${shownAs(told.value, told)} (limit ${shownAs(told.limit, told)})` +
  (told.mechanism === null ? '' : `, ${told.mechanism.text}`);

const shownAs = (value: number, { source }: { readonly source: AlarmSource }): string =>
  isShare({ source }) ? percent(value) : String(Number(value.toPrecision(3)));
