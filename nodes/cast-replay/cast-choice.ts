import { ConfigError, shown } from '../lib/errors.js';

/** A cast as the user named it, by id or CSV path, and the strand it shall run on if they said. */
export interface CastChoice {
  readonly strand: string | null;
  readonly cast: string;
}

/**
 * The casts chosen in the form or by a command: `a, b`, `s1=a, s2=b`, a list of these, or `{ s1: 'a', s2: 'b' }`.
 * @throws ConfigError when it is none of that, or one strand has two casts
 */
export function castChoices(chosen: unknown): readonly CastChoice[] {
  const choices = choicesIn(chosen);
  const strands = choices.flatMap(({ strand }) => (strand === null ? [] : [strand]));
  const twice = strands.find((strand, index) => strands.indexOf(strand) < index);
  if (twice !== undefined)
    throw new ConfigError(
      'FIELD_INVALID',
      `Casts: expected one cast per strand, got two for ${shown(twice)}.`,
    );
  return choices;
}

function choicesIn(chosen: unknown): CastChoice[] {
  if (chosen === undefined || chosen === null) return [];
  if (typeof chosen === 'string') {
    return chosen
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map(choiceIn);
  }
  if (Array.isArray(chosen)) return chosen.flatMap(choicesIn);
  if (typeof chosen === 'object') {
    return Object.entries(chosen).map(([strand, cast]: [string, unknown]) => {
      if (typeof cast !== 'string' || cast === '') throw notACast(cast);
      return { strand, cast };
    });
  }
  throw notACast(chosen);
}

function choiceIn(part: string): CastChoice {
  const at = part.indexOf('=');
  if (at < 0) return { strand: null, cast: part };
  const [strand, cast] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
  if (strand === '' || cast === '') throw notACast(part);
  return { strand, cast };
}

const notACast = (got: unknown): ConfigError =>
  new ConfigError(
    'FIELD_INVALID',
    `Casts: expected cast ids such as "a, b" or "strand-1=a, strand-2=b", got ${shown(got)}.`,
  );

interface IndexedCast {
  readonly id: string;
  readonly strand?: string | undefined;
}

/**
 * Gives each chosen cast its strand: the one the user said, else the one it was recorded on, else the next free one. When
 * `strands` asks for more than were chosen, further casts of the index follow, from the beginning again when they run out.
 */
export function assignStrands<Cast extends IndexedCast>(
  chosen: readonly { readonly strand: string | null; readonly cast: Cast }[],
  index: readonly Cast[],
  strands: number | undefined,
): readonly { readonly strand: string; readonly cast: Cast }[] {
  const wanted = [...chosen];
  const others = index.filter((cast) => !chosen.some((one) => one.cast.id === cast.id));
  const count = strands ?? Math.max(1, chosen.length);
  for (let next = 0; wanted.length < count && index.length > 0; next++) {
    const cast = others[next] ?? index[(next - others.length) % index.length]!;
    wanted.push({ strand: null, cast });
  }
  const taken = new Set(wanted.flatMap(({ strand }) => (strand === null ? [] : [strand])));
  return wanted.map(({ strand, cast }) => {
    const given = strand ?? freeStrand(cast.strand, taken);
    taken.add(given);
    return { strand: given, cast };
  });
}

function freeStrand(recordedOn: string | undefined, taken: ReadonlySet<string>): string {
  if (recordedOn !== undefined && !taken.has(recordedOn)) return recordedOn;
  const kind = recordedOn?.replace(/\d+$/, '') ?? 'strand-';
  let number = 1;
  while (taken.has(`${kind}${number}`)) number++;
  return `${kind}${number}`;
}
