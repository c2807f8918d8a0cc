import { readFileSync } from 'node:fs';
import type * as baseline from '../../nodes/baseline-infer/predict-baseline.js';
import { planFeatures } from '../../nodes/feature-extract/feature-plan.js';
import type * as clocks from '../../nodes/lib/clock.js';
import { readConfig } from '../../nodes/lib/config/read-config.js';
import type * as lines from '../../nodes/lib/inference/inference-line.js';
import type { Instant, Predictor, Said } from '../../nodes/lib/inference/predictor.js';
import type { FeatureVector, ModelKind } from '../../nodes/lib/messages.js';
import type { InferenceBackend, LoadedModel, TensorData } from '../../nodes/lib/model-node.js';
import { shipped } from '../../nodes/lib/package-paths.js';
import type * as sequence from '../../nodes/sequence-infer/predict-sequence.js';
import { withModel } from '../support/backends.js';
import { instant, settingsWith } from '../support/instants.js';
import { allocationsOf } from './allocations.js';
import { built } from './built.js';
import { walk } from './random.js';
import { finding, type Benchmark, type Finding } from './row.js';
import { byTurns } from './stopwatch.js';

const KINDS: readonly ModelKind[] = ['baseline', 'sequence'];
const RUNS: Readonly<Record<ModelKind, number>> = { baseline: 2000, sequence: 200 };
/** The path is timed in a tenth of the runs by turns, for it adds little to one, and often: V8 takes its time to compile it. */
const PARTS = 10;
const ROUNDS = 20;

/** The shipped models: what our path adds to a run, what the engines cost, and whether batches pay. */
export const inference: Benchmark = {
  name: 'inference',
  about:
    'node path against a bare session.run in time and bytes, native against WebAssembly, strands in one run',
  async run(say) {
    const findings: Finding[] = [];
    for (const kind of KINDS) {
      say(`${kind}: node path against session.run`);
      findings.push(...(await nodePath(kind)));
      say(`${kind}: native against WebAssembly`);
      findings.push(await engines(kind));
      say(`${kind}: strands in one run`);
      findings.push(await together(kind));
    }
    return findings;
  },
};

/** From the message's payload to the outcome, in the line that the node uses; no contributions, as a bare run has none. */
const nodePath = (kind: ModelKind): Promise<Finding[]> =>
  withShipped(kind, 'native', async (model) => {
    const { InferenceLine } = built<typeof lines>('lib/inference/inference-line.js');
    const { systemClock } = built<typeof clocks>('lib/clock.js');
    const payload = payloadFor(model);
    let heard: () => void = () => undefined;
    const line = new InferenceLine<Instant<object>, Said>(systemClock, 2000, predictorOf(model), () =>
      heard(),
    );
    const throughLine = (): Promise<void> =>
      new Promise((resolve) => {
        heard = resolve;
        line.submit('1', instant(payload));
      });
    const feeds = feedsFor(model, 1);
    const runs = RUNS[kind] / PARTS;
    const [ours, reference] = await byTurns(
      () => times(runs, throughLine),
      () => times(runs, () => model.run(feeds)),
      ROUNDS * PARTS,
    );
    const bytes = { ours: await bytesOf(throughLine), reference: await bytesOf(() => model.run(feeds)) };
    const against = 'session.run of the same graph';
    return [
      finding(
        {
          name: `inference: ${kind}, node path`,
          ours: ours / runs,
          reference: reference / runs,
          unit: 'ms/run',
        },
        against,
        '<= 1.3',
      ),
      finding({ name: `inference: ${kind}, allocated`, ...bytes, unit: 'bytes/run' }, against),
    ];
  });

const engines = (kind: ModelKind): Promise<Finding> =>
  withShipped(kind, 'native', (native) =>
    withShipped(kind, 'wasm', async (wasm) => {
      const feeds = feedsFor(native, 1);
      const [ours, reference] = await byTurns(
        () => times(RUNS[kind], () => native.run(feeds)),
        () => times(RUNS[kind], () => wasm.run(feeds)),
        3,
      );
      return finding(
        { name: `inference: ${kind}, native engine`, ...perRun(kind, ours, reference), unit: 'ms/run' },
        'WebAssembly engine',
      );
    }),
  );

const together = (kind: ModelKind): Promise<Finding> =>
  withShipped(kind, 'native', async (model) => {
    const count = model.batch;
    const [batch, single] = [feedsFor(model, count), feedsFor(model, 1)];
    const rounds = Math.ceil(RUNS[kind] / count);
    const [ours, reference] = await byTurns(
      () => times(rounds, () => model.run(batch)),
      () => times(rounds * count, () => model.run(single)),
      5,
    );
    const strands = rounds * count;
    return finding(
      {
        name: `inference: ${kind}, ${count} strands in one run`,
        ...{ ours: ours / strands, reference: reference / strands, unit: 'ms/strand' },
      },
      'one by one',
    );
  });

const withShipped = <T>(
  kind: ModelKind,
  backend: InferenceBackend,
  use: (model: LoadedModel) => Promise<T>,
): Promise<T> => withModel(kind, shipped.model(kind), backend, use);

const SETTINGS = settingsWith({ explain: 0, explainFrom: 1 });

function predictorOf(model: LoadedModel): Predictor<object> {
  const { card } = model;
  if (card.kind === 'baseline')
    return built<typeof baseline>('baseline-infer/predict-baseline.js').predictBaseline(model, SETTINGS);
  const { predictSequence } = built<typeof sequence>('sequence-infer/predict-sequence.js');
  return predictSequence(model, { ...SETTINGS, step: card.input.step });
}

/** What feature-extract would send. */
function payloadFor({ card }: LoadedModel): object {
  const { names } = card.input;
  if (card.kind === 'baseline') return featureVector(names);
  const size = card.input.length * names.length;
  const values = NUMBERS.slice(0, size);
  return { sensors: names, length: card.input.length, values, mask: new Uint8Array(size).fill(1) };
}

/**
 * All features of the shipped configuration, put in one by one as feature-extract does; those that the model picks are the
 * numbers of the bare run.
 */
function featureVector(picked: readonly string[]): FeatureVector {
  const { config } = readConfig(readFileSync(shipped.config(), 'utf8'), shipped.config());
  const vector: FeatureVector = {};
  for (const name of planFeatures(config).names) vector[name] = NUMBERS[Math.max(0, picked.indexOf(name))]!;
  return vector;
}

function feedsFor({ card }: LoadedModel, batch: number): Readonly<Record<string, TensorData>> {
  const channels = card.input.names.length;
  const width = card.kind === 'baseline' ? channels : channels * card.input.length;
  const data = new Float32Array(batch * width);
  for (let row = 0; row < batch; row++) data.set(NUMBERS.subarray(0, width), row * width);
  if (card.kind === 'baseline')
    return { [card.input.features]: { type: 'float32', data, dims: [batch, channels] } };
  const dims = [batch, card.input.length, channels];
  return {
    [card.input.sequence]: { type: 'float32', data, dims },
    [card.input.mask]: { type: 'float32', data: new Float32Array(data.length).fill(1), dims },
  };
}

const NUMBERS = Float32Array.from(walk(40_000), (value) => (value - 100) / 10);

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i++) await work();
}

const ALLOCATING = 500;

const bytesOf = async (run: () => Promise<unknown>): Promise<number> =>
  (await allocationsOf(() => times(ALLOCATING, run))).bytes / ALLOCATING;

const perRun = (kind: ModelKind, ours: number, reference: number) => ({
  ours: ours / RUNS[kind],
  reference: reference / RUNS[kind],
});
