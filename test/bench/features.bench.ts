import { readFileSync } from 'node:fs';
import { FeatureEngine } from '../../nodes/feature-extract/feature-engine.js';
import { planFeatures } from '../../nodes/feature-extract/feature-plan.js';
import { castMs, monoMs } from '../../nodes/lib/clock.js';
import { readConfig } from '../../nodes/lib/config/read-config.js';
import type { Reading } from '../../nodes/lib/messages.js';
import { shipped } from '../../nodes/lib/package-paths.js';
import { SeriesHistory } from '../../nodes/lib/statistics/series-history.js';
import {
  historyFor,
  WindowStatistics,
  type Statistic,
} from '../../nodes/lib/statistics/window-statistics.js';
import { allocationsOf } from './allocations.js';
import { walk } from './random.js';
import { finding, type Benchmark, type Finding } from './row.js';
import { byTurns } from './stopwatch.js';

const READINGS = 20_000;
/** What the reference configuration asks of a sensor. */
const STATISTICS = ['mean', 'std', 'slope', 'range'] as const satisfies readonly Statistic[];
const VALUES = walk(READINGS);

/** Cost against the window, and against working the window out anew at each reading. */
export const features: Benchmark = {
  name: 'features',
  about: 'incremental window statistics: the same cost whatever the window, against recomputing',
  async run(say) {
    const findings: Finding[] = [];
    for (const window of [300, 1000, 3000]) {
      say(`window of ${window} s against 60 s`);
      const [long, short] = await byTurns(rolling(window, STATISTICS), rolling(60, STATISTICS));
      findings.push(
        finding(
          {
            name: `features: window ${window} s`,
            ours: cost(long),
            reference: cost(short),
            unit: 'µs/reading',
          },
          'the same statistics over 60 s',
          window === 3000 ? '<= 1.3' : '',
        ),
      );
    }
    say('order statistics: a window of 3000 s against 60 s');
    const order = ['median', 'p10', 'p90'] as const;
    const [long, short] = await byTurns(rolling(3000, order), rolling(60, order));
    findings.push(
      finding(
        { name: 'features: median, 3000 s', ours: cost(long), reference: cost(short), unit: 'µs/reading' },
        'median, p10, p90 over 60 s',
      ),
    );
    for (const { name, against, every, anew, ...rest } of AGAINST_RECOMPUTING) {
      say(`300 s window against ${against}`);
      const ours = rolling(300, rest.statistics, { every });
      const [one, other] = await byTurns(ours, anew, 3);
      const rates = { ours: rate(one), reference: rate(other), unit: 'readings/s' };
      findings.push(finding({ name, ...rates }, against, '>= 50'));
    }
    say('allocations of a reading');
    findings.push(await allocations());
    return findings;
  },
};

const WITH_ORDER: readonly Statistic[] = [...STATISTICS, 'median', 'p10', 'p90'];
const withSort = (start: number, end: number): number => twoPasses(start, end) + sorted(start, end);

const AGAINST_RECOMPUTING = [
  {
    name: 'features: mean, std, slope, range over 300 s, read at each reading',
    against: 'two hand-tuned passes over the window, at each reading',
    statistics: STATISTICS,
    every: 1,
    anew: recomputing(300, 1, twoPasses),
  },
  {
    name: 'features: the same, kept up to date at each reading, read every 30 s',
    against: 'two hand-tuned passes over the window, at each reading',
    statistics: STATISTICS,
    every: 30,
    anew: recomputing(300, 1, twoPasses),
  },
  {
    name: 'features: the same, read every 30 s',
    against: 'two hand-tuned passes over the window, every 30 s',
    statistics: STATISTICS,
    every: 30,
    anew: recomputing(300, 30, twoPasses),
  },
  {
    name: 'features: with median, p10, p90 over 300 s, read at each reading',
    against: 'two passes and a sort, at each reading',
    statistics: WITH_ORDER,
    every: 1,
    anew: recomputing(300, 1, withSort),
  },
];

/** Every reading is taken in; every so many-th time all statistics are read, as at an instant of inference. */
export function rolling(
  window: number,
  statistics: readonly Statistic[],
  { values = VALUES, every = 1 } = {},
): () => void {
  return () => {
    const history = new SeriesHistory(historyFor(window));
    const of = new WindowStatistics(history, window, statistics);
    let sum = 0;
    for (let at = 0; at < values.length; at++) {
      history.push(values[at]!);
      if (of.isPushed) of.push();
      if (at % every === 0) for (const statistic of statistics) sum += of.value(statistic);
    }
    keep(sum);
  };
}

/** Works everything out anew from the window, at every so many-th reading. */
function recomputing(
  window: number,
  every: number,
  anew: (start: number, end: number) => number,
): () => void {
  return () => {
    let sum = 0;
    for (let at = 0; at < VALUES.length; at += every) sum += anew(Math.max(0, at + 1 - window), at + 1);
    keep(sum);
  };
}

/** Through the features of the reference configuration, between two instants of inference. */
async function allocations(): Promise<Finding> {
  const engine = new ReadingsIn();
  const payloads: Reading[] = [];
  for (let warmUp = 0; warmUp < READINGS; warmUp++) engine.take();
  const ours = await allocationsOf(() => {
    for (let i = 0; i < READINGS; i++) engine.take();
  });
  const reference = await allocationsOf(() => {
    for (let i = 0; i < READINGS; i++) payloads[0] = { ...engine.payload };
  });
  return finding(
    {
      name: 'features: allocated by a reading between instants',
      ...{ ours: ours.bytes / READINGS, reference: reference.bytes / READINGS, unit: 'bytes' },
    },
    'one copy of its 21 values',
  );
}

/** Readings of one strand into a feature engine that no instant of inference comes to. */
class ReadingsIn {
  readonly payload: Reading;
  private readonly engine: FeatureEngine;
  private second = 1;

  constructor() {
    const { config } = readConfig(readFileSync(shipped.config(), 'utf8'), 'realtime_inference.yaml');
    const streaming = { ...config.streaming, inference_interval: 1e6 };
    this.engine = new FeatureEngine(planFeatures({ ...config, streaming }));
    this.payload = Object.fromEntries(config.sensors.map(({ name, range }) => [name, range[1] / 2]));
  }

  take(): void {
    const { payload } = this;
    const second = this.second++;
    for (const sensor in payload) payload[sensor] = VALUES[second % READINGS]!;
    this.engine.accept({
      topic: '1',
      timestamp: castMs(second * 1000),
      cast: { strand: '1', castId: 'bench', elapsed: second, grade: 'peritectic' },
      payload,
      timings: { entry: monoMs(0), stages: {} },
    });
  }
}

/** Mean, then what needs it: the plain way, with typed arrays and no allocation. */
function twoPasses(start: number, end: number): number {
  const n = end - start;
  let [total, least, greatest] = [0, Infinity, -Infinity];
  for (let i = start; i < end; i++) {
    const value = VALUES[i]!;
    total += value;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const [mean, middle] = [total / n, (n - 1) / 2];
  let [squares, across, along] = [0, 0, 0];
  for (let i = start; i < end; i++) {
    const [d, t] = [VALUES[i]! - mean, i - start - middle];
    squares += d * d;
    across += t * d;
    along += t * t;
  }
  return mean + Math.sqrt(squares / Math.max(1, n - 1)) + across / Math.max(1, along) + (greatest - least);
}

function sorted(start: number, end: number): number {
  const values = VALUES.slice(start, end).sort();
  return (
    values[values.length >> 1]! +
    values[Math.floor(values.length / 10)]! +
    values[Math.floor(values.length * 0.9)]!
  );
}

const cost = (ms: number): number => (1000 * ms) / READINGS;
const rate = (ms: number): number => (1000 * READINGS) / ms;

/** A result that nobody looks at might be optimised away, and its computation with it. */
export function keep(sum: number): void {
  if (sum === Infinity) throw new Error('the sum of the statistics is infinite');
}
