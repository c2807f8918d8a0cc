import { isOffList } from '../lib/alarm.js';
import type { AlarmBook } from './alarm-book.js';
import type { AlarmRule } from './alarm-rule.js';
import type { Evidence } from './evidence.js';
import { strandName } from './wording.js';

export interface Status {
  readonly fill: 'red' | 'yellow' | 'green' | 'grey';
  readonly shape: 'dot' | 'ring';
  readonly text: string;
}

export interface StatusFacts {
  /** A strand whose last message held no probability. */
  readonly silent: string | null;
  /** Whether alarms reach the disk. */
  readonly isStored: boolean;
}

type Translate = (key: string, words?: Record<string, string | number>) => string;

/** Red: a critical alarm waits for its acknowledgement; yellow: anything else to look at; grey: no risk to judge. */
export function statusOf(book: AlarmBook, { silent, isStored }: StatusFacts, translate: Translate): Status {
  const open = book.open(null);
  const unacknowledged = open.filter((record) => !record.acknowledged && !isOffList(record));
  const texts: string[] = [];
  if (open.length > 0) {
    const counts = { open: open.length, unacknowledged: unacknowledged.length };
    texts.push(translate('alert-manager.status.open', counts));
  }
  if (silent !== null) texts.push(translate('alert-manager.status.noRisk', { strand: strandName(silent) }));
  if (!isStored) texts.push(translate('alert-manager.status.notStored'));
  const text = texts.join(' · ');
  if (unacknowledged.some(({ level }) => level === 'critical')) return { fill: 'red', shape: 'dot', text };
  if (open.length > 0 || !isStored) return { fill: 'yellow', shape: 'dot', text };
  if (silent !== null) return { fill: 'grey', shape: 'ring', text };
  return { fill: 'green', shape: 'dot', text: translate('alert-manager.status.normal') };
}

/** The strand that is without a risk that some rule watches after this message; it stays shown until it speaks again. */
export function silenceAfter(
  { strand, risk, kind }: Evidence,
  silent: string | null,
  rules: readonly Pick<AlarmRule, 'source'>[],
): string | null {
  if (!rules.some(({ source }) => source === kind)) return silent;
  if (kind !== 'health' && risk === null) return strand;
  return silent === strand ? null : silent;
}
