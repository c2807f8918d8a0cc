/** The settings of the engineer's page: words, ranges and units of keys of the configuration. Pure. */

interface Common {
  /** Path in the configuration, under `alerts` or `models`. */
  readonly path: string;
  readonly label: string;
}

export type Setting = Common &
  (
    | {
        readonly kind: 'number';
        readonly min: number;
        readonly max: number;
        readonly step: number;
        readonly unit: string;
        /** Shown value = value in the configuration x scale. */
        readonly scale: number;
        /** Tried on the risk of the last hours before it is put in force. */
        readonly tried?: true;
      }
    | { readonly kind: 'switch'; readonly tried?: never }
    | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly tried?: never }
  );

const percentage = (path: string, label: string): Setting => ({
  ...{ kind: 'number', path, label, min: 0, max: 100, step: 1, unit: '%', scale: 100 },
});
const seconds = (path: string, label: string, max: number): Setting => ({
  ...{ kind: 'number', path, label, min: 0, max, step: 1, unit: 's', scale: 1 },
});

/** A number that the preview knows. */
const tried = (setting: Setting): Setting =>
  setting.kind === 'number' ? { ...setting, tried: true } : setting;

export const SETTINGS: Readonly<Record<string, readonly Setting[]>> = {
  Alarms: [
    tried(percentage('alerts.thresholds.warning', 'Warning from')),
    tried(percentage('alerts.thresholds.critical', 'Critical from')),
    tried(percentage('alerts.deadband', 'Deadband')),
    tried(seconds('alerts.on_delay', 'On-delay (cast time)', 300)),
    tried(seconds('alerts.off_delay', 'Off-delay (cast time)', 600)),
    seconds('alerts.escalation.warning_to_critical', 'Warning unacknowledged becomes critical after', 1800),
  ],
  Models: [
    { kind: 'switch', path: 'models.baseline.enabled', label: 'Baseline model' },
    { kind: 'switch', path: 'models.sequence.enabled', label: 'Sequence model' },
    {
      ...{ kind: 'choice', path: 'models.ensemble.method', label: 'Both are joined by' },
      choices: ['weighted', 'voting', 'max'],
    },
    percentage('models.ensemble.weights.baseline', 'Weight of the baseline'),
    percentage('models.ensemble.weights.sequence', 'Weight of the sequence model'),
    percentage('models.ensemble.vote_threshold', 'A model votes from'),
  ],
};

/** The value at a path such as `alerts.thresholds.warning`; undefined where there is none. */
export function valueAt(tree: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (node, key) =>
        typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined,
      tree,
    );
}

/** A value as a line of the log: `warning 0.6, critical 0.96` for several at once. */
export const shownSetting = (value: unknown): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
        .map(([name, one]) => `${name} ${shownSetting(one)}`)
        .join(', ')
    : (JSON.stringify(value) ?? '–');
