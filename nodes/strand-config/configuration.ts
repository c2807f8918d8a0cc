import type { LiveChange, SettingPath } from '../lib/config-node.js';
import { checkConfig } from '../lib/config/read-config.js';
import type { StrandWatchConfig } from '../lib/config/schema.js';
import { isWithin, keysOf, valueAt, withValueAt } from '../lib/config/setting-path.js';
import { ConfigError } from '../lib/errors.js';

/**
 * The configuration in force: what the YAML says, with live changes laid over it.
 * Every change is checked as a whole before it counts; a refused one leaves everything as it was.
 */
export class Configuration {
  private raw: unknown = null;
  private config: StrandWatchConfig | null = null;
  private changes: readonly LiveChange[] = [];

  get current(): StrandWatchConfig | null {
    return this.config;
  }

  get liveChanges(): readonly LiveChange[] {
    return this.changes;
  }

  /**
   * Takes over what a valid file says, under the live changes that are there.
   * @throws ConfigError when a live change does not go with it
   */
  load(raw: unknown): void {
    this.take(raw, this.changes);
  }

  /** Lays live changes of an earlier run over the file. @returns those that do not go with it and are left out */
  restore(changes: readonly LiveChange[]): readonly LiveChange[] {
    return changes.filter((change) => {
      try {
        this.take(this.raw, joined(this.changes, change));
        return false;
      } catch {
        return true;
      }
    });
  }

  /** @throws ConfigError when the whole would become invalid */
  setLive(change: LiveChange): void {
    if (this.config === null) throw nothingLoaded();
    this.take(this.raw, joined(this.changes, change));
  }

  /** Takes back the live changes at or under `path`; without one, all. @returns those taken back */
  resetLive(path?: SettingPath): readonly LiveChange[] {
    const isReset = (change: LiveChange): boolean => path === undefined || isWithin(change.path, path);
    const taken = this.changes.filter(isReset);
    if (taken.length > 0)
      this.take(
        this.raw,
        this.changes.filter((change) => !isReset(change)),
      );
    return taken;
  }

  /** Precedence: live change > the node's own field > YAML > default. @throws ConfigError for an unknown path */
  resolve<T>(path: SettingPath, own?: T): T {
    if (this.config === null) throw nothingLoaded();
    const keys = keysOf(path);
    if (own === undefined || this.changes.some((change) => isWithin(path, change.path)))
      return valueAt(this.config, keys) as T;
    return this.changes
      .filter((change) => isWithin(change.path, path))
      .reduce<unknown>(
        (value, change) => withValueAt(value, keysOf(change.path).slice(keys.length), change.value),
        own,
      ) as T;
  }

  private take(raw: unknown, changes: readonly LiveChange[]): void {
    const whole = changes.reduce((tree, { path, value }) => withValueAt(tree, keysOf(path), value), raw);
    this.config = checkConfig(whole, 'live change');
    this.raw = raw;
    this.changes = changes;
  }
}

/** The changes with one more; it replaces those of the same setting and inside it. */
function joined(changes: readonly LiveChange[], added: LiveChange): readonly LiveChange[] {
  return [...changes.filter(({ path }) => !isWithin(path, added.path)), added];
}

const nothingLoaded = (): ConfigError =>
  new ConfigError('CONFIG_INVALID', 'no valid configuration is loaded: see the status of the strand-config.');
