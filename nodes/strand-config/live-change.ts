import type { WallMs } from '../lib/clock.js';
import type { LiveChange, SettingPath } from '../lib/config-node.js';
import { ConfigError, shown } from '../lib/errors.js';

/** The record of a live change: a copy of the value, since what a message carried may change later. */
export function liveChange(path: SettingPath, value: unknown, by: string, at: WallMs): LiveChange {
  return { path, value: plainCopy(value, path), by, at: new Date(at).toISOString() };
}

function plainCopy(value: unknown, path: SettingPath): unknown {
  // NaN and Infinity would come out as null, so they stay; the schema refuses them by name.
  if (typeof value === 'number') return value;
  try {
    const text = JSON.stringify(value) as string | undefined;
    if (text !== undefined) return JSON.parse(text);
  } catch {
    // A circular object, or a BigInt: told below.
  }
  throw new ConfigError('CONFIG_INVALID', `live change ${path}: expected a value, got ${shown(value)}.`);
}
