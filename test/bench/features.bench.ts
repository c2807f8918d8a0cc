import { SeriesHistory } from '../../nodes/lib/statistics/series-history.js';
import {
  historyFor,
  WindowStatistics,
  type Statistic,
} from '../../nodes/lib/statistics/window-statistics.js';
import { walk } from './random.js';
import { finding, type Benchmark } from './row.js';
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
    const findings = [];
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
    for (const { name, against, statistics, anew } of AGAINST_RECOMPUTING) {
      say(`300 s window against ${against}`);
      const [ours, reference] = await byTurns(rolling(300, statistics), anew, 3);
      const rates = { ours: rate(ours), reference: rate(reference), unit: 'readings/s' };
      findings.push(finding({ name, ...rates }, against, '>= 50'));
    }
    return findings;
  },
};

const AGAINST_RECOMPUTING = [
  {
    name: 'features: mean, std, slope, range over 300 s',
    against: 'two hand-tuned passes over the window',
    statistics: STATISTICS,
    anew: recomputing(300, twoPasses),
  },
  {
    name: 'features: with median, p10, p90 over 300 s',
    against: 'two passes and a sort',
    statistics: [...STATISTICS, 'median', 'p10', 'p90'] as readonly Statistic[],
    anew: recomputing(300, (start, end) => twoPasses(start, end) + sorted(start, end)),
  },
];

/** Every reading is taken in and every statistic read, as with inference at each second. */
export function rolling(window: number, statistics: readonly Statistic[], values = VALUES): () => void {
  return () => {
    const history = new SeriesHistory(historyFor(window));
    const of = new WindowStatistics(history, window, statistics);
    let sum = 0;
    for (const value of values) {
      history.push(value);
      of.push();
      for (const statistic of statistics) sum += of.value(statistic);
    }
    keep(sum);
  };
}

/** Works everything out anew from the window at each reading. */
function recomputing(window: number, anew: (start: number, end: number) => number): () => void {
  return () => {
    let sum = 0;
    for (let end = 1; end <= VALUES.length; end++) sum += anew(Math.max(0, end - window), end);
    keep(sum);
  };
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
