/** What the other nodes see of a `strand-config` node. */
import type { Node } from 'node-red';
import type { StrandWatchConfig } from './config/schema.js';

/** Path of a setting in the configuration, such as `alerts.thresholds.warning`. */
export type SettingPath = string;

export interface LiveChange {
  readonly path: SettingPath;
  readonly value: unknown;
  readonly by: string;
  /** Wall clock, ISO 8601. */
  readonly at: string;
}

/** One line of the log of changes. `to` undefined: taken back to the file. */
export interface LoggedChange {
  readonly path: SettingPath;
  readonly from: unknown;
  readonly to?: unknown;
  readonly by: string;
  /** Wall clock, ISO 8601. */
  readonly at: string;
}

/**
 * Precedence of every setting: live command > the node's own field > YAML > built-in default.
 * `current` holds the last two already with live changes applied; `resolve` adds the node's own field.
 */
export interface StrandConfigNode extends Node {
  /** The configuration in force, or null while none could be loaded (the node's status says why). */
  readonly current: StrandWatchConfig | null;
  /** The value in force for a node whose own field holds `own` (undefined = left blank). */
  resolve<T>(path: SettingPath, own?: T): T;
  /** Calls back after every change, of the file or live. Returns the way to stop it. */
  onChange(listener: (config: StrandWatchConfig) => void): () => void;
  /** Changes a setting live, kept over restarts. @throws ConfigError when the whole would become invalid */
  setLive(path: SettingPath, value: unknown, by: string): void;
  /** Takes back live changes at or under `path`; without one, all. */
  resetLive(path: SettingPath | undefined, by: string): void;
  readonly liveChanges: readonly LiveChange[];
  /** What was changed live, by whom, newest first; kept over restarts, the last thousand. */
  readonly changeLog: readonly LoggedChange[];
}
