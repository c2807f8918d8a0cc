import { isOffList, type AlarmRecord } from '../lib/alarm.js';
import type { AlarmBook } from './alarm-book.js';
import { step, type Instant, type Transition } from './life-cycle.js';
import type { AlarmSettings } from './settings.js';

/**
 * Marks the warnings of a strand that a critical alarm of the same strand makes beside the point, and takes the mark away
 * when none is active any more. A warning raised by the same message is marked from its beginning; another one gets a
 * transition of its own. Goes by the condition, not by what an escalation for want of an acknowledgement shows.
 */
export function reconcileInhibition(
  book: AlarmBook,
  strand: string,
  transitions: Transition[],
  now: Instant,
  { inhibits, history }: Pick<AlarmSettings, 'inhibits' | 'history'>,
): void {
  const open = book.open(strand);
  const critical = inhibits
    ? open.find((record) => record.condition === 'critical' && !isOffList(record))
    : null;
  for (const record of open) {
    const inhibitedBy = record.condition === 'warning' ? (critical?.id ?? null) : null;
    if (inhibitedBy === record.inhibitedBy) continue;
    const marked: AlarmRecord = { ...record, inhibitedBy };
    const raised = transitions.findLastIndex(
      (transition) => transition.record.id === record.id && transition.event === 'raised',
    );
    if (raised !== -1 && transitions[raised]!.record === record) {
      transitions[raised] = { ...transitions[raised]!, record: marked };
      book.update(marked);
      continue;
    }
    const transition =
      inhibitedBy === null
        ? step(record, now, 'uninhibited', 'critical-over', { inhibitedBy })
        : step(record, now, 'inhibited', 'critical-active', { inhibitedBy });
    transitions.push(transition);
    book.put(transition.record, history);
  }
}
