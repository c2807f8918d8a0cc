import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
import { CalibrationSums } from './calibration.js';
import {
  composed,
  fitLine,
  onLine,
  straight,
  type CalibrationLine,
  type SaidAndTrue,
} from './calibration-line.js';
import type { PlayedCast } from './play-cast.js';
import { percentileInterval, resamples, type Interval } from './resampling.js';
import { saidAndTrue } from './said-and-true.js';
import type { Source } from './sources.js';
import type { CastTruth } from './truth.js';

/** Sources that say a probability; the score of the rules is none. */
const CALIBRATED = ['baseline', 'sequence', 'ensemble'] as const satisfies readonly Source[];

/** Folds of casts: each cast is judged by a line that was fitted on others. */
const FOLDS = 5;

/** How far a source's probabilities were from what happened, and the line that brings them nearer. */
export interface CalibrationFit {
  readonly source: Source;
  readonly instants: number;
  /** On the log-odds of what the source said. */
  readonly line: CalibrationLine;
  /** Calibration error at the instants: as it was said, and by lines fitted on other casts. */
  readonly said: number;
  readonly fitted: number;
  /** 95 % of `fitted - said`, over casts. */
  readonly interval: Interval | null;
}

/** What to write into the configuration for the alarms to stay as they are on the ensemble's new line. */
export interface EnsembleSettings {
  readonly calibration: CalibrationLine;
  readonly thresholds: { readonly warning: number; readonly critical: number };
  /** So that a warning returns to normal where it did. */
  readonly deadband: number;
}

export interface CalibrationAdvice {
  readonly fits: readonly CalibrationFit[];
  /** Null when the ensemble did not speak. */
  readonly settings: EnsembleSettings | null;
}

export function calibrationAdvice(
  truths: readonly CastTruth[],
  played: readonly PlayedCast[],
  config: StrandConfigNode,
  replicates: number,
): CalibrationAdvice {
  const samples = resamples(truths.length, replicates, 'calibration');
  const fits = CALIBRATED.flatMap((source) => {
    const said = played.map(({ seconds, scores }) => ({ seconds, scores: scores[source] }));
    const rows = saidAndTrue(truths, said);
    return rows.casts.length === 0 ? [] : [fitOf(source, rows, truths.length, samples)];
  });
  const ensemble = fits.find(({ source }) => source === 'ensemble');
  return { fits, settings: ensemble === undefined ? null : settingsOn(ensemble.line, config) };
}

function fitOf(
  source: Source,
  rows: SaidAndTrue,
  casts: number,
  samples: readonly ArrayLike<number>[],
): CalibrationFit {
  const lines = Array.from({ length: FOLDS }, (_, fold) => fitLine(rows, (cast) => cast % FOLDS !== fold));
  const said = sumsByCast(rows, casts, () => straight);
  const fitted = sumsByCast(rows, casts, (cast) => lines[cast % FOLDS]!);
  const once = new Uint8Array(casts).fill(1);
  return {
    source,
    instants: rows.casts.length,
    line: fitLine(rows, () => true),
    said: errorOf(said, once),
    fitted: errorOf(fitted, once),
    interval: percentileInterval(samples.map((times) => errorOf(fitted, times) - errorOf(said, times))),
  };
}

function sumsByCast(
  { probabilities, defects, casts }: SaidAndTrue,
  count: number,
  lineOf: (cast: number) => CalibrationLine,
): CalibrationSums[] {
  const sums = Array.from({ length: count }, () => new CalibrationSums());
  for (let row = 0; row < casts.length; row++) {
    const cast = casts[row]!;
    const defect = defects[row]!;
    sums[cast]!.add(onLine(lineOf(cast), probabilities[row]!), defect, 1 - defect);
  }
  return sums;
}

/** 0 for a resample whose casts have no instant that counts. */
function errorOf(byCast: readonly CalibrationSums[], times: ArrayLike<number>): number {
  const sums = new CalibrationSums();
  byCast.forEach((cast, i) => sums.addAll(cast, times[i]!));
  return sums.error() ?? 0;
}

function settingsOn(line: CalibrationLine, config: StrandConfigNode): EnsembleSettings {
  const number = (path: string): number => config.resolve<number>(path);
  const [warning, critical, deadband] = ['thresholds.warning', 'thresholds.critical', 'deadband'].map((key) =>
    number(`alerts.${key}`),
  ) as [number, number, number];
  const inUse = {
    slope: number('models.ensemble.calibration.slope'),
    intercept: number('models.ensemble.calibration.intercept'),
  };
  const above = onLine(line, warning);
  return {
    calibration: composed(inUse, line),
    thresholds: { warning: above, critical: onLine(line, critical) },
    deadband: above - onLine(line, warning - deadband),
  };
}

/** For people. */
export function calibrationText({ fits, settings }: CalibrationAdvice): string {
  const lines = [
    'Calibration error at the instants of prediction; the fitted line by five folds of casts.',
    'Fit on validation casts, never on those you judge by.',
    '',
    ...fits.map(
      ({ source, line, said, fitted, interval }) =>
        `${source}: ${said.toFixed(4)} as said, ${fitted.toFixed(4)} on the line ${line.slope.toFixed(3)} x + ${line.intercept.toFixed(3)}` +
        (interval === null ? '' : `, difference ${interval.map((end) => end.toFixed(4)).join(' to ')}`),
    ),
  ];
  return settings === null ? lines.join('\n') : [...lines, '', ...yamlOf(settings)].join('\n');
}

const yamlOf = ({ calibration, thresholds, deadband }: EnsembleSettings): readonly string[] => [
  'models:',
  '  ensemble:',
  `    calibration: { slope: ${calibration.slope.toFixed(3)}, intercept: ${calibration.intercept.toFixed(3)} }`,
  'alerts:',
  `  thresholds: { warning: ${thresholds.warning.toFixed(4)}, critical: ${thresholds.critical.toFixed(4)} }   # alarms as before`,
  `  deadband: ${deadband.toFixed(3)}`,
];
