import type { LikelyMechanism } from '../../nodes/lib/alarm.js';
import { MECHANISMS } from '../../nodes/lib/mechanisms.js';

/** What really happened, and what it was called. */
export interface Naming {
  readonly truth: string;
  readonly column: number | null;
  readonly named: LikelyMechanism | null;
}

/** Share of the events that go by their right name; NaN without events. */
export const rightlyNamed = (namings: readonly Naming[]): number => shareOf(namings, isRight);

/** Of the rightly named that have a column, the share with the right one. */
export const rightColumn = (namings: readonly Naming[]): number =>
  shareOf(
    namings.filter((naming) => isRight(naming) && naming.column !== null),
    ({ column, named }) => named!.column === column,
  );

/** Truth by row, name by column; the last column holds what was not named. */
export function confusionTable(namings: readonly Naming[]): string {
  const count = (truth: string, name: string | null): number =>
    namings.filter((naming) => naming.truth === truth && (naming.named?.name ?? null) === name).length;
  const header = ['', ...MECHANISMS, 'not named'];
  const rows = MECHANISMS.map((truth) => [
    truth,
    ...MECHANISMS.map((name) => String(count(truth, name))),
    String(count(truth, null)),
  ]);
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const isRight = ({ truth, named }: Naming): boolean => named?.name === truth;

const shareOf = (namings: readonly Naming[], test: (naming: Naming) => boolean): number =>
  namings.filter(test).length / namings.length;
