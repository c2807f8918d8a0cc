import {
  describePlan,
  describeSeriesOf,
  STATISTIC_CATALOG,
  type FeatureDescription,
} from '../../nodes/feature-extract/feature-catalog.js';
import type { FeaturePlan } from '../../nodes/feature-extract/feature-plan.js';

/** Everything that a configuration computes, as Markdown for people. */
export function featuresDoc(plan: FeaturePlan, configName: string): string {
  const { features, channels } = describePlan(plan);
  const statistics = Object.entries(STATISTIC_CATALOG).map(([name, { unit, formula, nullWhen, source }]) => [
    code(name),
    unit('unit'),
    formula,
    nullWhen,
    source,
  ]);
  return [
    '# Features',
    `Written by \`npm run features -- --config ${configName} --describe docs/features.md\` from the catalog that the code itself runs on; a test keeps both the same.`,
    "A feature is called `<series>.<statistic>.<window>s`. A series is a sensor, a sensor derived by formula, or a caster feature. All windows run on the time of the cast, the current sample included; in the beginning they hold what there is. A missing or bad sample is left out and keeps its place in time. What can't be computed is `null`: nothing is guessed.",
    '## Statistics',
    '`y` are the samples of the window that are not missing, `n` their number, `m` their mean, `W` the length of the window in samples, `M2` to `M4` the mean powers of `y - m`. Each is exact whatever came before the window: a stuck sensor has deviation 0, a spike leaves no trace once it is out. A new sample costs the same whatever the window, but for the quantiles, which cost O(log W) comparisons and a block copy.',
    table(['statistic', 'unit', 'formula', 'null when', 'source'], statistics),
    '## Derived sensors and caster features',
    'Known each second, like a sensor. `usual(x)` is the exponential mean of x with time constant `features.baseline`, `usual900(x)` with 900 s; `m20(x)` is the mean over 20 s. The contrasts need both rows of thermocouples, the margins the practice of the grade (`process.grades`): for an unknown grade they are null. The caster specification is that of the [simulator](simulator.md).',
    table(['series', 'unit', 'formula', 'source'], describeSeriesOf(plan).map(rowOf)),
    '## Channels of the sequence',
    `${plan.sequence.length} steps of ${(plan.sequence.stepSamples * plan.sampleMs) / 1000} s, oldest first. Where nothing was measured the value is 0 and the mask is 0.`,
    table(['channel', 'unit', 'formula', 'source'], channels.map(rowOf)),
    '## Every feature',
    `The ${features.length} features of \`${configName}\`, in the order of the vector.`,
    table(['feature', 'unit', 'formula', 'source'], features.map(rowOf)),
    '',
  ].join('\n\n');
}

const rowOf = ({ name, unit, formula, source }: FeatureDescription): string[] => [
  code(name),
  unit,
  formula,
  source,
];

const code = (text: string): string => `\`${text}\``;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
