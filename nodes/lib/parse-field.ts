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
  /** A word that is taken too; the caller has looked for it before. */
  readonly or?: string;
}

/** A number that a field can't hold. The editor says so in its user's language, by the rule. */
export class FieldError extends ConfigError {
  constructor(
    readonly rule: NumberRule,
    readonly got: string,
  ) {
    super('FIELD_INVALID', `${rule.field}: expected ${expectedBy(rule)}, got ${got}.`);
  }
}

function expectedBy({ min = -Infinity, max = Infinity, integer = false, unit = '', or }: NumberRule): string {
  const parts = [
    integer ? 'a whole number' : 'a number',
    min > -Infinity ? `from ${min}` : '',
    max < Infinity ? `to ${max}` : '',
    unit,
  ];
  return parts.filter(Boolean).join(' ') + (or === undefined ? '' : `, or ${or}`);
}

/** The number in a field, or `fallback` when it was left blank. @throws FieldError when it is out of its range */
export function numberField<Fallback>(
  value: unknown,
  fallback: Fallback,
  rule: NumberRule,
): number | Fallback {
  if (value === undefined || value === null || value === '') return fallback;
  const { min = -Infinity, max = Infinity, integer = false } = rule;
  const parsed = typeof value === 'number' ? value : typeof value === 'string' ? Number(value.trim()) : NaN;
  const isIn = Number.isFinite(parsed) && parsed >= min && parsed <= max;
  if (!isIn || (integer && !Number.isInteger(parsed))) throw new FieldError(rule, shown(value));
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
