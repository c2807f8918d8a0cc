import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { listCasts } from '../nodes/cast-replay/cast-library-file.js';
import { didYouMean } from '../nodes/lib/config/did-you-mean.js';
import { shipped } from '../nodes/lib/package-paths.js';
import { UsageError } from './options.js';

/**
 * The casts as the replay node takes them, each checked: an id of a shipped cast, or a CSV file (made absolute, for the
 * node starts from another directory); `STRAND=` may stand before either.
 * @throws UsageError naming the first unknown one, and those there are
 */
export async function chosenCasts(wanted: readonly string[]): Promise<readonly string[]> {
  if (wanted.length === 0) return [];
  const known = (await listCasts(shipped.casts())).map(({ id }) => id);
  return wanted.map((choice) => {
    const [, strand = '', cast = ''] = /^([^=]*=)?(.*)$/.exec(choice)!;
    if (known.includes(cast)) return choice;
    if (extname(cast).toLowerCase() === '.csv' && existsSync(cast)) return strand + resolve(cast);
    const close = didYouMean(cast, known);
    const hint = close === null ? '' : ` Did you mean ${close}?`;
    throw new UsageError(`Unknown cast "${cast}".${hint} Known: ${known.join(', ')}, or a CSV file.`);
  });
}
