import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { listCasts } from '../../nodes/cast-replay/cast-library-file.js';
import { systemClock } from '../../nodes/lib/clock.js';
import { readConfigFile } from '../../nodes/lib/config/config-file.js';
import { asError, CastError } from '../../nodes/lib/errors.js';
import { featureSpecHash } from '../../nodes/lib/feature-spec.js';
import { packageRoot, shipped } from '../../nodes/lib/package-paths.js';
import { calibrationAdvice, calibrationText } from './calibration-advice.js';
import { parseOptions, usage } from './cli-options.js';
import { costAdvice, costText } from './cost-advice.js';
import { defaultCasts } from './default-casts-file.js';
import { evaluate } from './evaluation.js';
import { playAll } from './evaluation-pool.js';
import { writeFigures } from './figures-file.js';
import { fixedConfig } from './fixed-config.js';
import { frozenSettings } from './frozen-settings.js';
import { provenanceOf } from './provenance.js';
import { reportJson } from './report-json.js';
import { reportText } from './report-text.js';
import { loadModels } from './served-models-file.js';
import { readTruth } from './truth-file.js';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), availableParallelism());
  if (options === null) {
    console.log(usage);
    return;
  }
  const say = (text: string): void => {
    if (!options.quiet) console.error(text);
  };
  const configPath = resolve(options.config ?? shipped.config());
  const { raw: rawConfig } = readConfigFile(configPath);
  const config = fixedConfig(rawConfig);
  const models = resolve(options.models ?? join(packageRoot(), 'models'));
  const served = await loadModels(models, (kind) => config.current!.models[kind].enabled);

  const folder = options.casts ?? (await defaultCasts(options.faultsOnly, options.workers, say));
  const casts = await listCasts(resolve(folder));
  if (casts.length === 0)
    throw new CastError('CAST_UNREADABLE', `--casts: ${folder} holds no casts (casts.json or *.csv).`);
  const truths = casts.map(readTruth);
  const played = await playAll(casts, { rawConfig, models }, options.workers, progress(casts.length, say));

  say(`judging, with ${options.replicates} resamples for the intervals`);
  const evaluation = evaluate(truths, played, frozenSettings(config, served), options.replicates);
  const origin = {
    castsFolder: shortPath(folder),
    configuration: basename(configPath),
    featureSpec: featureSpecHash(config.current!),
    replicates: options.replicates,
  };
  const provenance = provenanceOf(origin, served, truths, played);
  const critical = config.resolve<number>('alerts.thresholds.critical');
  const advice = options.prices === null ? null : costAdvice(evaluation, options.prices, critical);
  const calibration = options.calibrate
    ? calibrationAdvice(truths, played, config, options.replicates)
    : null;
  if (options.figures !== null) drawInto(options.figures, evaluation, say);
  if (options.json) console.log(reportJson(evaluation, provenance, { cost: advice, calibration }));
  else console.log(reportText(evaluation, provenance));
  if (!options.json && advice !== null) console.log(`\n${costText(advice, options.prices!)}`);
  if (!options.json && calibration !== null) console.log(`\n${calibrationText(calibration)}`);
}

function drawInto(
  folder: string,
  evaluation: Parameters<typeof writeFigures>[1],
  say: (text: string) => void,
): void {
  mkdirSync(folder, { recursive: true });
  for (const file of writeFigures(folder, evaluation)) say(`wrote ${file}`);
}

/** At most some twenty lines, with the time that is left. */
function progress(total: number, say: (text: string) => void): (done: number) => void {
  const startedAt = systemClock.mono();
  const each = Math.max(1, Math.round(total / 20));
  return (done) => {
    if (done % each !== 0 && done !== total) return;
    const spent = (systemClock.mono() - startedAt) / 1000;
    const left = (spent / done) * (total - done);
    say(`${done} of ${total} casts played, ${spent.toFixed(0)} s, some ${left.toFixed(0)} s left`);
  };
}

/** As people write it: from where they are when it lies below, else its name alone. */
function shortPath(folder: string): string {
  const path = relative(process.cwd(), folder);
  return path.startsWith('..') ? join(basename(dirname(resolve(folder))), basename(folder)) : path;
}

main().catch((err: unknown) => {
  console.error(asError(err).message);
  process.exitCode = 1;
});
