/** Settings of earlier versions, in flows and in YAML, brought to the current one. Browser-safe. */
import { ConfigError, shown } from './errors.js';

export type Settings = Readonly<Record<string, unknown>>;

/** One step from a version to the next. Pure; what it doesn't know it leaves as it is. */
export type Migration = (settings: Settings) => Settings;

/**
 * Settings in the current version, which is one more than there are `steps`: `steps[0]` leads from version 1 to 2.
 * Settings that name no version are of version 1; a `version` that is no version is left to the checks that follow.
 * @param what names the settings in the error
 * @throws ConfigError for settings that a newer package wrote
 */
export function migrate(settings: Settings, steps: readonly Migration[], what: string): Settings {
  const current = steps.length + 1;
  const version = settings.version === undefined || settings.version === '' ? 1 : Number(settings.version);
  if (!Number.isInteger(version) || version < 1) return settings;
  if (version > current) {
    throw new ConfigError(
      'CONFIG_INVALID',
      `${what}: expected ${current === 1 ? '1' : `1..${current}`}, got ${shown(settings.version)}: a newer StrandWatch wrote it. Update @strandwatch/node-red-strandwatch.`,
    );
  }
  if (version === current) return settings;
  const migrated = steps.slice(version - 1).reduce((before, step) => step(before), settings);
  return { ...migrated, version: current };
}
