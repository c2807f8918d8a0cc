import type { Evaluation, SourceReport } from './evaluation.js';
import type { Provenance } from './provenance.js';
import type { Interval } from './resampling.js';
import { SOURCES } from './sources.js';

type Figure = number | null;

const shown = (value: Figure, digits: number): string => (value === null ? '-' : value.toFixed(digits));
const range = (interval: Interval | null, digits: number): string =>
  interval === null ? '' : ` (${interval.map((end) => end.toFixed(digits)).join('-')})`;

/** The figures as tables for people. */
export function reportText(evaluation: Evaluation, { problems, models }: Provenance): string {
  const { casts, judgedHours, events, alarms, faultsAlone } = evaluation;
  const named = [models.baseline, models.sequence].map((model) =>
    model === null ? [] : [`${model.name} ${model.version}`],
  );
  return [
    `${casts} casts, ${judgedHours.toFixed(1)} judged strand-hours, ${events} events. ${named.flat().join(', ')}`,
    'All casts are simulated; nothing here predicts performance on a real caster.',
    ...problems.map((problem) => `! ${problem}`),
    '',
    ...aligned([
      [
        '',
        'Recall@1 (95 %)',
        'FA/8h',
        'timely',
        'lead s',
        'p10',
        'AUC',
        'AP',
        'ECE',
        'frozen recall, FA/8h (95 %)',
      ],
      ...rows(evaluation, row),
    ]),
    '',
    ...mechanisms(evaluation),
    '',
    ...Object.entries(evaluation.comparisons).map(
      ([name, { difference, interval }]) =>
        `${name}: Recall@1 ${shown(difference.eventRecall, 3)}${range(interval.eventRecall, 3)}, ` +
        `AP ${shown(difference.averagePrecision, 3)}${range(interval.averagePrecision, 3)}`,
    ),
    `alarms: ${alarms.raised} raised, ${alarms.perStrandHour.toFixed(2)} per strand-hour, ${alarms.suppressed} suppressed`,
    ...(faultsAlone === null
      ? []
      : [
          `sensor faults alone: ${faultsAlone.quiet} of ${faultsAlone.faults} without an alarm, ` +
            `${shown(faultsAlone.share, 3)}${range(faultsAlone.interval, 3)}`,
        ]),
  ].join('\n');
}

const rows = <Row>({ models }: Evaluation, of: (source: string, report: SourceReport) => Row): Row[] =>
  SOURCES.flatMap((source) => {
    const report = models[source];
    return report === null ? [] : [of(source, report)];
  });

function row(source: string, report: SourceReport): string[] {
  const { frozen, intervals } = report;
  return [
    source,
    shown(report.eventRecall, 3) + range(intervals.eventRecall, 2),
    shown(report.falseAlarmsPer8h, 2),
    shown(report.timelyRecall, 3),
    shown(report.medianLeadS, 0),
    shown(report.p10LeadS, 0),
    shown(report.auc, 3),
    shown(report.averagePrecision, 3),
    shown(report.ece, 4),
    `${shown(frozen.eventRecall, 3)}${range(intervals.frozen.eventRecall, 2)}, ` +
      shown(frozen.falseAlarmsPer8h, 2) +
      range(intervals.frozen.falseAlarmsPer8h, 2),
  ];
}

/** Recall@1 by mechanism. */
function mechanisms(evaluation: Evaluation): string[] {
  const [first] = rows(evaluation, (_, { byMechanism }) => byMechanism);
  const types = Object.keys(first ?? {});
  if (types.length === 0) return [];
  return aligned([
    ['', ...types.map((type) => `${type} (${shown(first![type]!.events, 0)})`)],
    ...rows(evaluation, (source, { byMechanism }) => [
      source,
      ...types.map(
        (type) =>
          `${shown(byMechanism[type]!.eventRecall, 2)} / ${shown(byMechanism[type]!.medianLeadS, 0)} s`,
      ),
    ]),
  ]);
}

function aligned(table: readonly (readonly string[])[]): string[] {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((cells) => cells[column]!.length)));
  return table.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}
