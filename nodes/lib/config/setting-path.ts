/** Reading and replacing single settings of plain, parsed YAML by a path such as `alerts.thresholds.warning`. */
import { ConfigError, shown } from '../errors.js';

type Branch = Record<string, unknown>;

const isBranch = (value: unknown): value is Branch => typeof value === 'object' && value !== null;

/** Is `path` the same setting as `other`, or one inside it? */
export const isWithin = (path: string, other: string): boolean =>
  path === other || path.startsWith(`${other}.`);

/** The keys of a path. @throws ConfigError for a path that could not name a setting */
export function keysOf(path: string): readonly string[] {
  const keys = path.split('.');
  if (keys.some((key) => key === '' || key in Object.prototype)) {
    throw new ConfigError(
      'CONFIG_INVALID',
      `setting: expected a path such as "alerts.thresholds.warning", got ${shown(path)}.`,
    );
  }
  return keys;
}

/** The value at a path, or undefined when nothing is there. */
export function valueAt(tree: unknown, keys: readonly string[]): unknown {
  let value = tree;
  for (const key of keys) {
    if (!isBranch(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** A copy of the tree with `value` at the path. Copies the branches on the way; all else is shared. */
export function withValueAt(tree: unknown, keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  const copy: unknown = Array.isArray(tree) ? [...(tree as unknown[])] : { ...(isBranch(tree) ? tree : {}) };
  const branch = copy as Branch;
  branch[key] = withValueAt(branch[key], rest, value);
  return copy;
}
