import { contextOf, type Explained } from './explained.js';

/** Mechanisms that show in one column of thermocouples, and whether that column runs hot or cold there. */
const SHOWS: Readonly<Record<string, 'hot' | 'cold'>> = { sticker: 'hot', long_crack: 'cold' };

/**
 * The column of thermocouples (1 = first) in which a mechanism shows: that where both rows together stand out most
 * against the others of their row. Null for a mechanism without a place, and where the predictions don't tell.
 */
export function columnOf(mechanism: string, models: readonly Explained[]): number | null {
  const shows = Object.hasOwn(SHOWS, mechanism) ? SHOWS[mechanism] : undefined;
  if (shows === undefined) return null;
  const byColumn = new Map<number, number>();
  for (const [name, contrast] of Object.entries(contextOf(models))) {
    const column = /^tc_[ul](\d+)_contrast\.mean\.\d+s$/.exec(name)?.[1];
    if (column === undefined) continue;
    const size = contrast * (shows === 'hot' ? 1 : -1);
    byColumn.set(Number(column), (byColumn.get(Number(column)) ?? 0) + size);
  }
  const [first, ...rest] = byColumn;
  if (first === undefined) return null;
  const [column, size] = rest.reduce((best, entry) => (entry[1] > best[1] ? entry : best), first);
  return size > 0 ? column : null;
}
