import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { predictBaseline } from '../../nodes/baseline-infer/predict-baseline.js';
import { listCasts, type CastEntry } from '../../nodes/cast-replay/cast-library-file.js';
import { readConfig } from '../../nodes/lib/config/read-config.js';
import type { StrandWatchConfig } from '../../nodes/lib/config/schema.js';
import { asError, CastError } from '../../nodes/lib/errors.js';
import { featureSpecHash } from '../../nodes/lib/feature-spec.js';
import { shipped } from '../../nodes/lib/package-paths.js';
import { modelFiles } from '../../nodes/onnx-model/model-file.js';
import { loadModel } from '../../nodes/onnx-model/model-loader.js';
import { openBackend } from '../../nodes/onnx-model/onnx-runtime.js';
import { csvText } from '../features/csv-text.js';
import { castPredictions } from './cast-predictions.js';
import { parseOptions, usage } from './cli-options.js';

/** Inputs named with each prediction. */
const REASONS = 3;

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) {
    console.log(usage);
    return;
  }
  const path = options.config ?? shipped.config();
  const config = withInterval(readConfig(readFileSync(path, 'utf8'), path).config, options.every);
  const casts = await listCasts(resolve(options.casts));
  if (casts.length === 0)
    throw new CastError('CAST_UNREADABLE', `--casts: ${options.casts} holds no casts (casts.json or *.csv).`);
  const lines = ['cast,elapsed,probability,reasons'];
  for (const cast of casts) lines.push(...(await linesOf(cast, config, options.model)));
  mkdirSync(dirname(options.out), { recursive: true });
  writeFileSync(options.out, `${lines.join('\n')}\n`);
  console.log(`${lines.length - 1} predictions of ${casts.length} casts in ${options.out}`);
}

const withInterval = (config: StrandWatchConfig, every: number | null): StrandWatchConfig =>
  every === null ? config : { ...config, streaming: { ...config.streaming, inference_interval: every } };

async function linesOf(cast: CastEntry, config: StrandWatchConfig, model: string): Promise<string[]> {
  const card = resolve(model.replaceAll('{cast}', cast.id));
  const { session, ...loaded } = await loadModel('baseline', card, modelFiles, () => openBackend('auto'));
  try {
    warnOfOtherFeatures(loaded.card.featureSpec, config, card);
    const predict = predictBaseline(
      { ...loaded, run: (feeds) => session.run(feeds) },
      { explain: REASONS, explainFrom: 0, explainEvery: 0, step: 1, maxStrands: 1 },
    );
    const lines: string[] = [];
    for await (const { elapsed, probability, contributions = [] } of castPredictions(cast, config, predict)) {
      const reasons = contributions.map(({ feature }) => feature).join(' ');
      lines.push(`${csvText(cast.id)},${elapsed},${probability},${reasons}`);
    }
    return lines;
  } finally {
    await session.release();
  }
}

/** Another specification is no error: the inputs that the model reads may be the same. */
function warnOfOtherFeatures(spec: string | undefined, config: StrandWatchConfig, card: string): void {
  if (spec !== undefined && spec !== featureSpecHash(config))
    console.error(`${card}: the model was trained with other sensors or features than this configuration's.`);
}

main().catch((err: unknown) => {
  console.error(asError(err).message);
  process.exitCode = 1;
});
