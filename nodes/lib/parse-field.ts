/**
 * Editor fields arrive as strings, or not at all: each is coerced and range-checked here, once.
 * Browser-safe: `<type>.config.ts` and the editor use the same rules.
 */
import { ConfigError, shown } from './errors.js';

export interface NumberRule {
  /** Name in the error, as the form labels it. */
  readonly field: string;
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
  readonly unit?: string;
}

/** The number in a field, or `fallback` when it was left blank. @throws ConfigError when it is out of its range */
export function numberField<Fallback>(
  value: unknown,
  fallback: Fallback,
  rule: NumberRule,
): number | Fallback {
  if (value === undefined || value === null || value === '') return fallback;
  const { field, min = -Infinity, max = Infinity, integer = false, unit = '' } = rule;
  const parsed = typeof value === 'number' ? value : typeof value === 'string' ? Number(value.trim()) : NaN;
  if (!Number.isFinite(parsed) || parsed < min || parsed > max || (integer && !Number.isInteger(parsed))) {
    const kind = integer ? 'a whole number' : 'a number';
    const range = [min > -Infinity ? `from ${min}` : '', max < Infinity ? `to ${max}` : '']
      .filter(Boolean)
      .join(' ');
    const expected = [kind, range, unit].filter(Boolean).join(' ');
    throw new ConfigError('FIELD_INVALID', `${field}: expected ${expected}, got ${shown(value)}.`);
  }
  return parsed;
}

/** The trimmed text in a field, or `fallback` when it was left blank. */
export function textField<Fallback>(value: unknown, fallback: Fallback): string | Fallback {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? fallback : text;
}

/** True or false from a check box or the words of an environment variable; `fallback` when left blank. */
export function booleanField<Fallback>(
  value: unknown,
  fallback: Fallback,
  field: string,
): boolean | Fallback {
  if (value === undefined || value === null || value === '') return fallback;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new ConfigError('FIELD_INVALID', `${field}: expected true or false, got ${shown(value)}.`);
}

/** One of the listed words, or `fallback` when left blank. @throws ConfigError listing what is allowed */
export function choiceField<Choice extends string, Fallback>(
  value: unknown,
  fallback: Fallback,
  field: string,
  choices: readonly Choice[],
): Choice | Fallback {
  if (value === undefined || value === null || value === '') return fallback;
  const found = choices.find((choice) => choice === value);
  if (found === undefined) {
    throw new ConfigError(
      'FIELD_INVALID',
      `${field}: expected one of ${choices.join(', ')}, got ${shown(value)}.`,
    );
  }
  return found;
}
