import type { LiveChange, SettingPath } from '../lib/config-node.js';
import { checkConfig } from '../lib/config/read-config.js';
import type { StrandWatchConfig } from '../lib/config/schema.js';
import { isWithin, keysOf, valueAt, withValueAt } from '../lib/config/setting-path.js';
import { asError, ConfigError, shown } from '../lib/errors.js';

/**
 * The configuration in force: what the YAML says, with live changes laid over it.
 * Every change is checked as a whole before it counts; a refused one leaves everything as it was.
 */
export class Configuration {
  private raw: unknown = null;
  private config: StrandWatchConfig | null = null;

  /** @param changes those of an earlier run; they come into force with the first file that is loaded */
  constructor(private changes: readonly LiveChange[] = []) {}

  /** null until a file has been loaded. */
  get current(): StrandWatchConfig | null {
    return this.config;
  }

  get liveChanges(): readonly LiveChange[] {
    return this.changes;
  }

  /**
   * Takes over what a valid file says, under the live changes. The first file wins over changes of an earlier run that
   * don't go with it, for the flow must start; a later one is refused, for an operator's limit never falls silently.
   * @returns the changes of an earlier run that were given up
   * @throws ConfigError when a file doesn't go with the live changes of this run
   */
  load(raw: unknown): readonly LiveChange[] {
    if (this.config === null) {
      const restored = this.changes;
      this.take(raw, []);
      return restored.filter((change) => !this.accepts(change));
    }
    try {
      this.take(raw, this.changes);
    } catch (err) {
      const changes = this.changes.map(({ path, value, by }) => `${path} = ${shown(value)} by ${by}`);
      const message = `${asError(err).message}\nThe file does not go with the live changes (${changes.join(', ')}). Reset them, or mend the file.`;
      throw new ConfigError('CONFIG_INVALID', message, { cause: err });
    }
    return [];
  }

  /** @throws ConfigError when the whole would become invalid */
  setLive(change: LiveChange): void {
    if (this.config === null) throw nothingLoaded();
    this.take(this.raw, joined(this.changes, change));
  }

  /**
   * Takes back the live changes at or under `path`; without one, all.
   * @returns those taken back
   * @throws ConfigError when those that remain would be invalid without them
   */
  resetLive(path?: SettingPath): readonly LiveChange[] {
    const isReset = (change: LiveChange): boolean => path === undefined || isWithin(change.path, path);
    const taken = this.changes.filter(isReset);
    const kept = this.changes.filter((change) => !isReset(change));
    if (this.config === null) this.changes = kept;
    else if (taken.length > 0) this.take(this.raw, kept);
    return taken;
  }

  /** Precedence: live change > the node's own field > YAML > default. undefined for an optional key left out. */
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

  private accepts(change: LiveChange): boolean {
    try {
      this.setLive(change);
      return true;
    } catch {
      return false;
    }
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
