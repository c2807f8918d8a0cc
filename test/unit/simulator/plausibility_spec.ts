import assert from 'node:assert/strict';
import { lowerThermocouples, upperThermocouples, type Channel } from '../../../models/simulator/channels.js';
import { ordinary } from '../../../models/simulator/detectability.js';
import { drawPlan } from '../../../models/simulator/draw-plan.js';
import { undisturbed } from '../../../models/simulator/plan.js';
import { runCast, type Cast } from '../../../models/simulator/run.js';
import { lag } from '../../../models/simulator/shapes.js';
import { correlation, deviation, mean, median } from './statistics.js';

const SETTLED = 900; // s

describe('a cast in which nothing happens', () => {
  let casts: readonly Cast[];
  before(() => {
    casts = Array.from({ length: 40 }, (_, i) => runCast(undisturbed(drawPlan(`train-0-${i}`, 'train'))));
  });

  const settled = (cast: Cast, channel: Channel): Float64Array => cast.readings[channel].subarray(SETTLED);
  const rowMean = (cast: Cast, row: readonly Channel[]): Float64Array => {
    const series = row.map((channel) => settled(cast, channel));
    return series[0]!.map((_, t) => mean(series.map((one) => one[t]!)));
  };

  /**
   * Median and range over casts as the prototype measured them on 40 other casts (docs/caster.md, section 8). A median of
   * 40 casts of three grades wanders: `within` is three deviations of the difference of two such medians, by 20 draws
   * of 40. Single casts may leave the prototype's range by a quarter of its width.
   */
  const table: readonly {
    readonly what: string;
    readonly of: (cast: Cast) => number;
    readonly median: number;
    readonly within: number;
    readonly range: readonly [number, number];
  }[] = [
    {
      what: 'upper thermocouples, °C',
      of: (cast) => mean(rowMean(cast, upperThermocouples)),
      median: 138,
      within: 13,
      range: [107, 180],
    },
    {
      what: 'lower thermocouples, °C',
      of: (cast) => mean(rowMean(cast, lowerThermocouples)),
      median: 98,
      within: 9,
      range: [76, 128],
    },
    {
      what: 'mold water ΔT, K',
      of: (cast) => mean(settled(cast, 'mold_water_delta_t')),
      median: 4.8,
      within: 0.8,
      range: [3.2, 6.7],
    },
    {
      what: 'deviation of the mold level, mm',
      of: (cast) => deviation(settled(cast, 'mold_level')),
      median: 2,
      within: 0.15,
      range: [1.4, 2.2],
    },
    {
      what: 'stopper, %',
      of: (cast) => mean(settled(cast, 'stopper_position')),
      median: 37,
      within: 6,
      range: [24, 56],
    },
    {
      what: 'superheat, K',
      of: (cast) => mean(settled(cast, 'superheat')),
      median: 20,
      within: 2.7,
      range: [15, 29],
    },
    {
      what: 'friction, kN',
      of: (cast) => mean(settled(cast, 'mold_friction')),
      median: 9.4,
      within: 1.4,
      range: [6.5, 12.1],
    },
    {
      what: 'surface at the straightener, °C',
      of: (cast) => mean(settled(cast, 'strand_surface_temp')),
      median: 923,
      within: 13,
      range: [885, 953],
    },
  ];
  for (const { what, of, median: expected, within, range } of table)
    it(`has the usual ${what}`, () => {
      const values = casts.map(of);
      const middle = median(values);
      assert.ok(Math.abs(middle - expected) <= within, `median ${middle}, expected ${expected} ± ${within}`);
      const slack = (range[1] - range[0]) / 4;
      for (const value of values)
        assert.ok(
          value >= range[0] - slack && value <= range[1] + slack,
          `${value} is far from ${range.join('..')}`,
        );
    });

  it('never drives the stopper above 95 %', () => {
    for (const cast of casts) assert.ok(Math.max(...cast.readings.stopper_position) <= 95);
  });

  it('gets hotter as it gets faster', () => {
    const speed = (cast: Cast): Float64Array => settled(cast, 'casting_speed');
    const copper = median(casts.map((cast) => correlation(speed(cast), rowMean(cast, upperThermocouples))));
    const water = median(casts.map((cast) => correlation(speed(cast), settled(cast, 'mold_water_delta_t'))));
    // Reference .88 and .86; the prototype's own draws of 40 casts go from .81 to .88.
    assert.ok(copper > 0.78 && copper < 0.95, `thermocouples ${copper}`);
    assert.ok(water > 0.76 && water < 0.95, `water ${water}`);
  });

  it('carries the slag film from the upper row to the lower at casting speed', () => {
    // Residual of a column: against the row's mean, without what is slower than a minute.
    const residuals = (cast: Cast, row: readonly Channel[]): Float64Array[] => {
      const common = rowMean(cast, row);
      return row.map((channel) => {
        const alone = settled(cast, channel).map((value, t) => value - common[t]!);
        const slow = lag(alone, 60);
        return alone.map((value, t) => value - slow[t]!);
      });
    };
    const peaks = casts.slice(0, 15).map((cast) => {
      const upper = residuals(cast, upperThermocouples);
      const lower = residuals(cast, lowerThermocouples);
      const byLag = Array.from({ length: 25 }, (_, delay) =>
        mean(
          upper.map((one, i) => correlation(one.subarray(0, one.length - delay), lower[i]!.subarray(delay))),
        ),
      );
      const best = Math.max(...byLag);
      return { best, delay: byLag.indexOf(best) };
    });
    // Reference 10 s and .62; the prototype with this residual: 9 s and .56.
    const delay = median(peaks.map((peak) => peak.delay));
    const best = median(peaks.map((peak) => peak.best));
    assert.ok(Math.abs(delay - 10) <= 2, `${delay} s`);
    assert.ok(best > 0.48 && best < 0.7, `r ${best}`);
  });

  it('is as noisy as the whitening of detectability assumes', () => {
    for (const channel of ['mold_level', 'tc_u2', 'tc_l3', 'mold_friction', 'strand_surface_temp'] as const) {
      const fits = casts.map((cast) => {
        const series = settled(cast, channel);
        const memory = correlation(series.subarray(1), series.subarray(0, -1));
        return { memory, step: deviation(series) * Math.sqrt(1 - memory * memory) };
      });
      const { memory, step } = ordinary[channel];
      // Medians over 40 casts wander by about 3 % in the step.
      assert.ok(Math.abs(median(fits.map((fit) => fit.memory)) - memory) < 0.03, channel);
      assert.ok(Math.abs(median(fits.map((fit) => fit.step)) / step - 1) < 0.08, channel);
    }
  });
});
