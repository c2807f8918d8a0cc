/** Stable codes: tests and locales match these, never the prose. */
export type ErrorCode =
  | 'CONFIG_INVALID'
  | 'CONFIG_UNREADABLE'
  | 'FIELD_INVALID'
  | 'MESSAGE_INVALID'
  | 'COMMAND_UNKNOWN'
  | 'COMMAND_REFUSED'
  | 'STRAND_LIMIT'
  | 'CAST_UNREADABLE'
  | 'CAST_INVALID'
  | 'MODEL_MISSING'
  | 'MODEL_INVALID'
  | 'MODEL_FAILED'
  | 'MODEL_SLOW'
  | 'FEATURE_MISSING'
  | 'JOURNAL_FAILED'
  | 'LOG_FAILED'
  | 'DEPENDENCY_MISSING';

/** Root of the errors this package throws on purpose. The message says where, what was expected, what came, what to do. */
export class StrandWatchError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A setting, in YAML or in an edit form, that can't be used. */
export class ConfigError extends StrandWatchError {}

/** A message that isn't what the contract of `messages.ts` says, or a command that can't be carried out. */
export class MessageError extends StrandWatchError {}

/** A recorded cast that can't be read. */
export class CastError extends StrandWatchError {}

/** A model card or graph that can't be loaded, or a run that failed. */
export class ModelError extends StrandWatchError {}

/** Something outside this package is missing: an optional dependency, a disk, a port. */
export class DependencyError extends StrandWatchError {}

/** Shortens any value for use inside an error message. Never throws. */
export function shown(value: unknown): string {
  const text = textOf(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}

const LONGEST = 60;

function textOf(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, LONGEST));
  // JSON would show NaN and Infinity as null, and BigInts and circular objects not at all.
  if (typeof value !== 'object' || value === null) return String(value);
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
  try {
    return JSON.stringify(value) ?? 'an object';
  } catch {
    return 'an object';
  }
}

/** Turns whatever was thrown into an Error, keeping a real one as it is. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(shown(thrown));
}
