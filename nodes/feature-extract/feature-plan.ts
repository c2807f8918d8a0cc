import type { StrandWatchConfig } from '../lib/config/schema.js';
import type { StatisticName } from '../lib/config/features.js';
import { GRADE_VALUES } from '../lib/config/process.js';
import { ConfigError } from '../lib/errors.js';
import { compileExpression, type Expression } from '../lib/expression.js';
import { ALL_PHYSICS } from './physics/all-physics.js';
import type { PhysicsDefinition, PhysicsSeries, Process } from './physics/physics.js';
import { selectionFrom, type StatisticSelection } from '../lib/config/selection.js';

export interface WindowPlan {
  /** s, as in the feature's name. */
  readonly seconds: number;
  readonly samples: number;
  readonly statistics: readonly StatisticName[];
}

/** One series, known each second, with the statistics wanted of it. */
export interface SeriesPlan {
  readonly name: string;
  readonly unit: string;
  readonly kind: 'sensor' | 'derived' | 'physics';
  /** Usual band, for the statistics of being outside. */
  readonly normal: readonly [number, number] | null;
  readonly windows: readonly WindowPlan[];
}

export interface PairPlan {
  readonly x: number;
  readonly y: number;
  readonly seconds: number;
  readonly samples: number;
  readonly name: string;
}

/** A channel of the sequence: a series, or its departure from its usual level. */
export interface ChannelPlan {
  readonly name: string;
  readonly series: number;
  readonly isDeviation: boolean;
}

export interface PhysicsPlan {
  readonly definition: PhysicsDefinition;
  readonly series: readonly PhysicsSeries[];
  /** Place of its first series among all. */
  readonly at: number;
}

/** What is to be computed, worked out once per configuration. Series are in the order sensors, derived, physics. */
export interface FeaturePlan {
  readonly config: StrandWatchConfig;
  readonly process: Process | null;
  readonly sampleMs: number;
  readonly baselineSamples: number;
  readonly sensors: readonly string[];
  readonly series: readonly SeriesPlan[];
  readonly derived: readonly Expression[];
  readonly physics: readonly PhysicsPlan[];
  readonly pairs: readonly PairPlan[];
  /** Feature names in the order of the vector. */
  readonly names: readonly string[];
  readonly channels: readonly ChannelPlan[];
  readonly sequence: { readonly length: number; readonly stepSamples: number };
  /** Samples of the longest memory: a gap longer than this starts a strand over. */
  readonly reach: number;
}

/** @throws ConfigError where a name isn't known or something that is needed isn't there */
export function planFeatures(config: StrandWatchConfig): FeaturePlan {
  const { features, streaming, process = null } = config;
  const samples = (seconds: number): number => Math.max(1, Math.round(seconds / streaming.sample_interval));
  const sensors = config.sensors.map(({ name }) => name);
  const physics = physicsOf(config, sensors);
  const names = [
    ...sensors,
    ...features.derived.map(({ name }) => name),
    ...physics.flatMap(({ series }) => series.map(({ name }) => name)),
  ];
  refuseTwins([...names, ...GRADE_VALUES]);
  const selectionOf = selections(config, names, physics);
  const series = names.map((name, index) =>
    seriesPlan(config, name, index, physics, selectionOf(name), samples),
  );
  const pairs = features.correlations.flatMap(({ pair: [a, b], windows }, index) =>
    windows.map((seconds) => ({
      x: known(names, a, `features.correlations[${index}].pair`),
      y: known(names, b, `features.correlations[${index}].pair`),
      seconds,
      samples: samples(seconds),
      name: `${a}.corr.${b}.${seconds}s`,
    })),
  );
  const channels = (features.sequence.channels ?? sensors).map((name) => channelPlan(names, name));
  const longest = Math.max(
    1,
    ...series.flatMap(({ windows }) => windows.map((window) => window.samples)),
    ...pairs.map((pair) => pair.samples),
    features.sequence.length * samples(features.sequence.step),
  );
  return {
    config,
    process,
    sampleMs: streaming.sample_interval * 1000,
    baselineSamples: features.baseline / streaming.sample_interval,
    sensors,
    series,
    derived: derivedOf(config, names, sensors.length),
    physics,
    pairs,
    names: [
      ...series.flatMap(({ name, windows }) =>
        windows.flatMap(({ seconds, statistics }) =>
          statistics.map((statistic) => `${name}.${statistic}.${seconds}s`),
        ),
      ),
      ...pairs.map(({ name }) => name),
    ],
    channels,
    sequence: { length: features.sequence.length, stepSamples: samples(features.sequence.step) },
    reach: longest,
  };
}

function physicsOf({ features, process }: StrandWatchConfig, sensors: readonly string[]): PhysicsPlan[] {
  if (!features.physics) return [];
  if (process === undefined)
    throw new ConfigError(
      'CONFIG_INVALID',
      'features.physics: needs the process section (grades, signals, thermocouples). Add it, or set physics to false.',
    );
  let at = sensors.length + features.derived.length;
  return ALL_PHYSICS.map((definition) => {
    for (const sensor of definition.needs(process)) known(sensors, sensor, 'process');
    const series = definition.series(process);
    const plan = { definition, series, at };
    at += series.length;
    return plan;
  });
}

/** An expression may name sensors, derived sensors listed before it, and the grade's values. */
function derivedOf({ features }: StrandWatchConfig, names: readonly string[], sensors: number): Expression[] {
  return features.derived.map(({ expression }, index) =>
    compileExpression(expression, (name) => {
      const grade = GRADE_VALUES.findIndex((value) => value === name);
      return grade >= 0 ? names.length + grade : names.slice(0, sensors + index).indexOf(name);
    }),
  );
}

function selections(
  { features }: StrandWatchConfig,
  names: readonly string[],
  physics: readonly PhysicsPlan[],
): (name: string) => StatisticSelection {
  for (const name of Object.keys(features.sensors)) known(names, name, 'features.sensors');
  const common = selectionFrom(features.statistics, features.windows);
  const ofPhysics = new Map(
    physics.flatMap(({ series }) => series.map(({ name, statistics }) => [name, statistics] as const)),
  );
  return (name) => {
    const own = features.sensors[name];
    if (own === undefined) return ofPhysics.get(name) ?? common;
    return selectionFrom(own.statistics ?? features.statistics, own.windows ?? features.windows);
  };
}

function seriesPlan(
  { sensors, features }: StrandWatchConfig,
  name: string,
  index: number,
  physics: readonly PhysicsPlan[],
  selection: StatisticSelection,
  samples: (seconds: number) => number,
): SeriesPlan {
  const sensor = sensors[index];
  const derived = features.derived[index - sensors.length];
  const kind = sensor !== undefined ? 'sensor' : derived !== undefined ? 'derived' : 'physics';
  const unit =
    sensor?.unit ??
    derived?.unit ??
    physics.flatMap(({ series }) => series).find((series) => series.name === name)!.unit;
  const normal = sensor?.normal ?? null;
  if (normal === null && (selection.n_outside !== undefined || selection.longest_outside !== undefined))
    throw new ConfigError(
      'CONFIG_INVALID',
      `features: n_outside and longest_outside of ${name} need its normal band. Add normal: [lowest, highest] to the sensor, or leave these statistics out for it.`,
    );
  const byWindow = new Map<number, StatisticName[]>();
  for (const [statistic, windows] of Object.entries(selection) as [StatisticName, readonly number[]][])
    for (const seconds of windows) byWindow.set(seconds, [...(byWindow.get(seconds) ?? []), statistic]);
  const windows = [...byWindow]
    .sort(([one], [other]) => one - other)
    .map(([seconds, statistics]) => ({ seconds, samples: samples(seconds), statistics }));
  return { name, unit, kind, normal, windows };
}

function channelPlan(names: readonly string[], name: string): ChannelPlan {
  const isDeviation = name.endsWith(DEVIATION);
  const series = known(
    names,
    isDeviation ? name.slice(0, -DEVIATION.length) : name,
    'features.sequence.channels',
  );
  return { name, series, isDeviation };
}

const DEVIATION = '.deviation';

function known(names: readonly string[], name: string, where: string): number {
  const index = names.indexOf(name);
  if (index < 0)
    throw new ConfigError(
      'CONFIG_INVALID',
      `${where}: unknown name ${JSON.stringify(name)}. Known are: ${names.join(', ')}.`,
    );
  return index;
}

function refuseTwins(names: readonly string[]): void {
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined)
    throw new ConfigError(
      'CONFIG_INVALID',
      `features.derived: the name ${JSON.stringify(twin)} is taken. Choose another.`,
    );
}
