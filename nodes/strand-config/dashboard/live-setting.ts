import { ConfigError, shown } from '../../lib/errors.js';
import type { SettingPath } from '../../lib/config-node.js';
import { isWithin } from '../../lib/config/setting-path.js';

/** What an engineer may change from the dashboard: how alarms and models behave, never what is measured or where files lie. */
const CHANGEABLE = ['alerts', 'models', 'health', 'dashboard'] as const;
/**
 * Where notifications go, and which environment variable goes with them, stands in the file alone: whoever may use a dashboard
 * could otherwise send the secrets of this machine to an address of their own.
 */
const FILE_ONLY: SettingPath = 'alerts.notification';

/** @throws ConfigError when the path is none that the dashboard may change, or no value is given */
export function settingChange({ path, value }: Readonly<Record<string, unknown>>): {
  readonly path: SettingPath;
  readonly value: unknown;
} {
  const checked = checkedPath(path);
  if (isWithin(checked, FILE_ONLY) || isWithin(FILE_ONLY, checked))
    throw new ConfigError(
      'FIELD_INVALID',
      `set ${checked}: ${FILE_ONLY} is not changed from a dashboard. Edit the configuration file, or name a setting beside it.`,
    );
  if (value === undefined || value === null)
    throw new ConfigError(
      'FIELD_INVALID',
      `set ${checked}: expected a value in msg.payload.value, got none.`,
    );
  return { path: checked, value };
}

/** The path whose live changes are taken back; undefined for all. */
export const resetPath = ({ path }: Readonly<Record<string, unknown>>): SettingPath | undefined =>
  path === undefined || path === null || path === '' ? undefined : checkedPath(path);

function checkedPath(path: unknown): SettingPath {
  const [section] = typeof path === 'string' ? path.split('.') : [];
  if (typeof path === 'string' && CHANGEABLE.some((name) => name === section)) return path;
  throw new ConfigError(
    'FIELD_INVALID',
    `msg.payload.path: expected a setting under ${CHANGEABLE.join(', ')}, such as "alerts.deadband", got ${shown(path)}.`,
  );
}
