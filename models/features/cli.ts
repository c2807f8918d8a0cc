import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { listCasts } from '../../nodes/cast-replay/cast-library-file.js';
import { planFeatures } from '../../nodes/feature-extract/feature-plan.js';
import { readConfig } from '../../nodes/lib/config/read-config.js';
import type { StrandWatchConfig } from '../../nodes/lib/config/schema.js';
import { asError, CastError, ConfigError } from '../../nodes/lib/errors.js';
import { featureSpecHash } from '../../nodes/lib/feature-spec.js';
import { shipped } from '../../nodes/lib/package-paths.js';
import { parseOptions, usage, type FeaturesOptions } from './cli-options.js';
import { featuresDoc } from './features-doc.js';
import { carryOutAll } from './features-pool.js';
import type { FeaturesPart } from './features-worker.js';
import { writeLabels } from './labels-file.js';
import { TableFile } from './table-file.js';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) {
    console.log(usage);
    return;
  }
  const configPath = options.config ?? shipped.config();
  const config = configFrom(configPath, options.every);
  if (options.describe !== null) {
    const name = relative(process.cwd(), configPath).split(sep).join('/');
    writeFileSync(options.describe, featuresDoc(planFeatures(config), name));
  }
  if (options.casts !== null) await writeTables(options, options.casts, config);
}

async function writeTables(
  { out, sequenceOut, labels, workers, quiet }: FeaturesOptions,
  castsPath: string,
  config: StrandWatchConfig,
): Promise<void> {
  const { names, channels } = planFeatures(config);
  const featureSpec = featureSpecHash(config);
  const casts = await listCasts(resolve(castsPath));
  if (casts.length === 0)
    throw new CastError('CAST_UNREADABLE', `--casts: ${castsPath} holds no casts (casts.json or *.csv).`);
  if (sequenceOut !== null) mkdirSync(sequenceOut, { recursive: true });
  const every = config.streaming.inference_interval;
  const table = out === null ? null : new TableFile(out, { names, featureSpec, every });
  const sequences: object[] = [];
  const format = out === null ? null : out.endsWith('.csv') ? 'csv' : 'npy';
  const jobs = casts.map((cast, index) => ({ index, cast, config, format, sequenceOut }) as const);
  let done = 0;
  const take = (part: FeaturesPart): void => {
    table?.add(part);
    sequences.push({ id: part.cast, strand: part.strand, file: part.sequenceFile, rows: part.sequenceRows });
    done++;
    if (!quiet && (done % 50 === 0 || done === casts.length))
      console.log(`${done} of ${casts.length} casts done`);
  };
  try {
    await carryOutAll(jobs, workers, take);
  } catch (err) {
    table?.discard();
    throw err;
  }
  table?.close();
  if (out !== null && labels.length > 0)
    await writeLabels(out.replace(/\.(csv|npy)$/, '.labels.csv'), labels, casts, config.streaming.csv);
  if (sequenceOut === null) return;
  const { length, step } = config.features.sequence;
  const about = {
    channels: channels.map(({ name }) => name),
    sampleInterval: config.streaming.sample_interval,
    ...{ length, step, featureSpec, casts: sequences },
  };
  writeFileSync(join(sequenceOut, 'channels.json'), `${JSON.stringify(about, null, 1)}\n`);
}

function configFrom(path: string, every: number | null): StrandWatchConfig {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigError(
      'CONFIG_UNREADABLE',
      `--config: ${path} can't be read (${asError(cause).message}).`,
      {
        cause,
      },
    );
  }
  const { config } = readConfig(text, path);
  return every === null
    ? config
    : { ...config, streaming: { ...config.streaming, inference_interval: every } };
}

main().catch((err: unknown) => {
  console.error(asError(err).message);
  process.exitCode = 1;
});
