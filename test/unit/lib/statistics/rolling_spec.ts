import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BlockSums } from '../../../../nodes/lib/statistics/block-sums.js';
import { SHAPE } from '../../../../nodes/lib/statistics/power-sums.js';
import { RollingCorrelation } from '../../../../nodes/lib/statistics/rolling-correlation.js';
import { RollingExtreme } from '../../../../nodes/lib/statistics/rolling-extreme.js';
import { RollingMean } from '../../../../nodes/lib/statistics/rolling-mean.js';
import { SeriesHistory } from '../../../../nodes/lib/statistics/series-history.js';
import {
  historyFor,
  WindowStatistics,
  type Statistic,
} from '../../../../nodes/lib/statistics/window-statistics.js';

/** The plain way: each statistic computed anew from the window's samples. NaN where it is not defined. */
const plain: Readonly<Record<string, (window: readonly number[]) => number>> = {
  count: (w) => present(w).length,
  mean: (w) => mean(present(w)),
  var: (w) => variance(present(w)),
  std: (w) => Math.sqrt(variance(present(w))),
  min: (w) => (present(w).length === 0 ? NaN : Math.min(...present(w))),
  max: (w) => (present(w).length === 0 ? NaN : Math.max(...present(w))),
  range: (w) => plain.max!(w) - plain.min!(w),
  rms: (w) => Math.sqrt(mean(present(w).map((y) => y * y))),
  slope: (w) => (present(w).length < 2 ? NaN : products(w, times(w)) / products(times(w), times(w))),
  last: (w) => present(w).at(-1) ?? NaN,
  delta: (w) => (present(w).at(-1) ?? NaN) - (present(w)[0] ?? NaN),
  mac: (w) => mean(present(w.slice(1).map((y, i) => Math.abs(y - w[i]!)))),
  median: (w) => quantile(present(w), 0.5),
  p10: (w) => quantile(present(w), 0.1),
  p90: (w) => quantile(present(w), 0.9),
  n_outside: (w) => w.filter(isOutside).length,
  longest_outside: (w) =>
    w.reduce<[number, number]>(
      ([best, run], y) => {
        const next = isOutside(y) ? run + 1 : 0;
        return [Math.max(best, next), next];
      },
      [0, 0],
    )[0],
};
const LOW = -20;
const HIGH = 30;
const isOutside = (y: number): boolean => y < LOW || y > HIGH;
const present = (w: readonly number[]): number[] => w.filter((y) => !Number.isNaN(y));
const mean = (ys: readonly number[]): number => ys.reduce((sum, y) => sum + y, 0) / ys.length;
const variance = (ys: readonly number[]): number =>
  ys.length < 2 ? NaN : ys.reduce((sum, y) => sum + (y - mean(ys)) ** 2, 0) / (ys.length - 1);
const times = (w: readonly number[]): number[] => w.map((y, i) => (Number.isNaN(y) ? NaN : i));
const products = (a: readonly number[], b: readonly number[]): number => {
  const [ma, mb] = [mean(present(a)), mean(present(b))];
  return present(a.map((y, i) => (y - ma) * (b[i]! - mb))).reduce((sum, y) => sum + y, 0);
};
const quantile = (ys: readonly number[], share: number): number => {
  const sorted = [...ys].sort((one, other) => one - other);
  const h = (sorted.length - 1) * share;
  const k = Math.floor(h);
  return sorted.length === 0 ? NaN : sorted[k]! + (h - k) * ((sorted[k + 1] ?? sorted[k]!) - sorted[k]!);
};

const central = (w: readonly number[], power: number): number =>
  mean(present(w).map((y) => (y - mean(present(w))) ** power));
const unlessConstant = (w: readonly number[], value: () => number): number =>
  present(w).length < 2 || plain.range!(w) === 0 ? NaN : value();
/** Ratios of spreads: not defined for a constant window. */
const shapes: Readonly<Record<string, (window: readonly number[]) => number>> = {
  r2: (w) =>
    unlessConstant(w, () => products(w, times(w)) ** 2 / products(times(w), times(w)) / products(w, w)),
  skewness_biased: (w) => unlessConstant(w, () => central(w, 3) / central(w, 2) ** 1.5),
  kurtosis_biased: (w) => unlessConstant(w, () => central(w, 4) / central(w, 2) ** 2 - 3),
  cv: (w) =>
    unlessConstant(w, () => (mean(present(w)) === 0 ? NaN : plain.std!(w) / Math.abs(mean(present(w))))),
  zscore: (w) => unlessConstant(w, () => (plain.last!(w) - mean(present(w))) / plain.std!(w)),
  acf1: (w) =>
    unlessConstant(w, () => {
      const d = w.map((y) => y - mean(present(w)));
      const pairs = present(d.slice(1).map((y, i) => y * d[i]!));
      return pairs.length === 0 ? NaN : pairs.reduce((sum, y) => sum + y, 0) / products(w, w);
    }),
  acf1_pearson: (w) => {
    const [a, b] = [w.slice(0, -1), w.slice(1)];
    const isPair = (_: number, i: number): boolean => !Number.isNaN(a[i]! + b[i]!);
    const [x, y] = [a.filter(isPair), b.filter(isPair)];
    return unlessConstant(x, () =>
      unlessConstant(y, () => products(x, y) / Math.sqrt(products(x, x) * products(y, y))),
    );
  },
};

const NAMES = Object.keys(plain) as Statistic[];
/** Both ways round in float64; the numbers are within a hundred and a window within two hundred. */
const TOLERANCE = 1e-9;

const sample = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 3, arbitrary: fc.constantFrom(7.7, 0, -20, 30) },
  { weight: 2, arbitrary: fc.constant(NaN) },
);
const series = fc.array(sample, { minLength: 1, maxLength: 150 });
/** Long enough for windows of many blocks, with stretches that stand still or are missing. */
const stretch = fc.oneof(
  { weight: 3, arbitrary: fc.array(sample, { minLength: 1, maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(sample, fc.integer({ min: 1, max: 90 }))
      .map(([value, n]) => new Array<number>(n).fill(value)),
  },
);
const longSeries = fc.array(stretch, { minLength: 1, maxLength: 16 }).map((stretches) => stretches.flat());
const longWindow = fc.integer({ min: 30, max: 200 });

/** Whole eighths: no spread is lost in the rounding of either way, so ratios of spreads can be compared. */
const eighths = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: -400, max: 400 }).map((i) => i / 8) },
    { weight: 2, arbitrary: fc.constantFrom(1, 2, 2, 2) },
    { weight: 1, arbitrary: fc.constant(NaN) },
  ),
  { minLength: 1, maxLength: 120 },
);

/** Calls `look` after each sample with the statistics and the window's samples. */
function roll(
  samples: readonly number[],
  window: number,
  look: (statistics: WindowStatistics, inWindow: readonly number[]) => void,
  names: readonly Statistic[] = NAMES,
): void {
  const history = new SeriesHistory(historyFor(window));
  const statistics = new WindowStatistics(history, window, names, { low: LOW, high: HIGH });
  samples.forEach((value, at) => {
    history.push(value);
    statistics.push();
    look(statistics, samples.slice(Math.max(0, at - window + 1), at + 1));
  });
}

function agree(statistics: WindowStatistics, inWindow: readonly number[], formulas: typeof plain): void {
  for (const [name, formula] of Object.entries(formulas)) {
    const got = statistics.value(name as Statistic);
    const expected = formula(inWindow);
    const close =
      Number.isNaN(expected) === Number.isNaN(got) &&
      !(Math.abs(got - expected) > TOLERANCE * Math.max(1, Math.abs(expected)));
    assert.ok(close, `${name}: expected ${expected}, got ${got} in [${inWindow.join(', ')}]`);
  }
}

describe('rolling statistics', () => {
  it('agree with the plain formulas at every sample, gaps or not', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 40 }), (samples, window) => {
        roll(samples, window, (statistics, inWindow) => agree(statistics, inWindow, plain));
      }),
    );
  });

  it('agree with the plain formulas in windows of many blocks, asked now and then', () => {
    fc.assert(
      fc.property(longSeries, longWindow, fc.integer({ min: 1, max: 70 }), (samples, window, every) => {
        let at = 0;
        roll(samples, window, (statistics, inWindow) => {
          if (++at % every === 0) agree(statistics, inWindow, plain);
        });
      }),
    );
  });

  it('say the same to the last bit, whether asked at each sample or seldom, with other windows or alone', () => {
    const names: readonly Statistic[] = ['mean', 'std', 'slope', 'range', 'kurtosis', 'delta'];
    fc.assert(
      fc.property(longSeries, longWindow, fc.infiniteStream(fc.nat(120)), (samples, window, pauses) => {
        const [often, seldom] = [
          new SeriesHistory(historyFor(window)),
          new SeriesHistory(historyFor(window)),
        ];
        const blocks = new BlockSums(often, window, SHAPE);
        const all = [40, window, 20].map(
          (length) => new WindowStatistics(often, Math.min(length, window), names, { blocks }),
        );
        const alone = new WindowStatistics(seldom, window, names);
        let next = 0;
        samples.forEach((value, at) => {
          often.push(value);
          seldom.push(value);
          const said = all.map((one) => names.map((name) => one.value(name)));
          if (at < next) return;
          next = at + 1 + Number(pauses.next().value);
          assert.deepEqual(
            names.map((name) => alone.value(name)),
            said[1],
          );
        });
      }),
    );
  });

  it('agree with the plain formulas of shape, and are not defined for a window that stands still', () => {
    fc.assert(
      fc.property(eighths, fc.integer({ min: 1, max: 90 }), (samples, window) => {
        const names = Object.keys(shapes) as Statistic[];
        roll(samples, window, (statistics, inWindow) => agree(statistics, inWindow, shapes), names);
      }),
    );
  });

  it('say exactly 0 for the spread of a stuck sensor, whatever came before and whatever its value', () => {
    const value = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(series, value, fc.integer({ min: 2, max: 90 }), (before, stuckAt, window) => {
        const samples = [...before, ...new Array<number>(2 * window).fill(stuckAt)];
        let last: WindowStatistics | null = null;
        roll(samples, window, (statistics) => (last = statistics));
        for (const name of ['std', 'var', 'slope', 'range', 'delta', 'mac'] as const)
          assert.equal(Math.abs(last!.value(name)), 0, name);
      }),
    );
  });

  it('forget a spike of 1e16 without a trace once it has left the window', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 2, max: 90 }), (samples, window) => {
        const after = [...samples, ...samples].slice(0, window + 20);
        const values = (spike: number): number[] => {
          const seen: number[] = [];
          const filler = new Array<number>(Math.max(0, window + 1 - after.length)).fill(1);
          roll([...samples, spike, ...after, ...filler], window, (statistics, inWindow) => {
            if (!inWindow.includes(spike)) seen.push(...NAMES.map((name) => statistics.value(name)));
          });
          return seen;
        };
        const usual = values(55);
        const withSpike = values(1e16);
        if (samples.includes(55)) return;
        withSpike.forEach((value, i) => {
          const same = Number.isNaN(value)
            ? Number.isNaN(usual[i])
            : Math.abs(value - usual[i]!) <= TOLERANCE * Math.max(1, Math.abs(usual[i]!));
          assert.ok(same, `${NAMES[i % NAMES.length]}: ${value} after a spike, ${usual[i]} without`);
        });
      }),
    );
  });

  it('take Infinity for a missing sample', () => {
    roll([1, Infinity, 3], 3, (statistics, inWindow) => {
      if (inWindow.length === 3) assert.equal(statistics.value('mean'), 2);
    });
  });
});

describe('RollingMean', () => {
  it('agrees with the plain mean at every sample, gaps or not', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 40 }), (samples, window) => {
        const rolling = new RollingMean(window);
        samples.forEach((value, at) => {
          const got = rolling.push(value);
          const expected = plain.mean!(samples.slice(Math.max(0, at - window + 1), at + 1));
          assert.ok(
            Number.isNaN(expected) ? Number.isNaN(got) : Math.abs(got - expected) <= TOLERANCE,
            `expected ${expected}, got ${got}`,
          );
        });
      }),
    );
  });

  it('is exactly the value of a stuck sensor, and forgets a spike of 1e16 once it is out', () => {
    const rolling = new RollingMean(5);
    for (const value of [3, 1e16, 7.7, 7.7, 7.7, 7.7]) rolling.push(value);
    for (let at = 0; at < 12; at++) assert.equal(rolling.push(7.7), 7.7);
  });
});

describe('RollingExtreme', () => {
  for (const which of ['min', 'max'] as const)
    it(`agrees with the plain ${which} at every sample, gaps or not, and tells how old the latest of equals is`, () => {
      fc.assert(
        fc.property(series, fc.integer({ min: 1, max: 40 }), (samples, window) => {
          const rolling = new RollingExtreme(window, which);
          samples.forEach((value, at) => {
            const inWindow = samples.slice(Math.max(0, at - window + 1), at + 1);
            const expected = plain[which]!(inWindow);
            assert.deepEqual(rolling.push(value) + 0, expected + 0);
            const age = inWindow.length - 1 - inWindow.lastIndexOf(expected);
            assert.deepEqual(rolling.age, Number.isNaN(expected) ? NaN : age);
          });
        }),
      );
    });
});

describe('RollingCorrelation', () => {
  const correlate = (x: readonly number[], y: readonly number[], window: number): number => {
    const [hx, hy] = [new SeriesHistory(window), new SeriesHistory(window)];
    const rolling = new RollingCorrelation(hx, hy, window);
    x.forEach((value, i) => {
      hx.push(value);
      hy.push(y[i]!);
      rolling.push();
    });
    return rolling.correlation;
  };
  const rows: readonly [name: string, x: number[], y: number[], expected: number][] = [
    ['is 1 for series that rise together', [0, 1, 2, 3], [5, 7, 9, 11], 1],
    ['is -1 for series that go apart', [0, 1, 2, 3], [5, 4, 3, 2], -1],
    ['is not defined when one side stands still', [0, 1, 2, 3], [5, 5, 5, 5], NaN],
    ['leaves out where one side is missing', [0, 1, NaN, 9, 2], [5, 7, 0, NaN, 9], 1],
  ];
  for (const [name, x, y, expected] of rows)
    it(name, () => {
      const got = correlate(x, y, 8);
      assert.ok(Number.isNaN(expected) ? Number.isNaN(got) : Math.abs(got - expected) < 1e-12, String(got));
    });
});
