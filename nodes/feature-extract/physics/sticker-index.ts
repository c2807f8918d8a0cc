import { RollingExtreme } from '../../lib/statistics/rolling-extreme.js';
import { RollingMean } from '../../lib/statistics/rolling-mean.js';
import { DelayLine } from './delay-line.js';
import { LEAST_SPEED, type PhysicsDefinition } from './physics.js';
import { largerOf, RowContrast } from './thermocouple-contrast.js';

/** A tear reaches the lower row this much later than the upper one, s: rows 180 mm apart at .6 to .9 of the casting speed. */
const EARLIEST_S = 4;
const LATEST_S = 34;
/** The lower row sees a tear at .75 of the upper row's amplitude (caster specification 4). */
const LOWER_GAIN = 1 / 0.75;
/** m/min. */
const MM_PER_S = 0.06;

/**
 * A torn shell that sticks travels down slower than the strand: it heats the upper thermocouple of a column and, 4 to 34 s
 * later, the lower one of the same column.
 */
export const stickerIndex: PhysicsDefinition = {
  needs: ({ thermocouples: { upper, lower }, signals }) => [...upper, ...lower, signals.speed],

  series: () => [
    {
      name: 'sticker_index',
      unit: '°C',
      formula:
        'largest over the columns of min(max over 4-34 s ago of upper rise, 4/3 lower rise); rise = m3(contrast) - its minimum over 20 s',
      source: 'caster specification 9: upper rise then same-column lower rise within 4-34 s',
      statistics: { mean: [5], max: [60] },
    },
    {
      name: 'two_row_heat',
      unit: '°C',
      formula: 'largest over the columns of min(m10(upper contrast), 1.2 m10(lower contrast))',
      source: 'reference features of caster specification 9',
      statistics: { mean: [5], max: [60] },
    },
    {
      name: 'propagation_lag',
      unit: 's',
      formula:
        'in the column of the largest sticker index of the last 60 s: time since the peak of m3(upper contrast) - time since that of m3(lower contrast), both over 60 s',
      source: 'Breakout prediction by thermocouple rows, doi 10.1007/s00170-019-04849-x',
      statistics: { mean: [5, 30] },
    },
    {
      name: 'propagation_ratio',
      unit: '1',
      formula: 'row distance / propagation lag / casting speed; 0 while the lag is not positive',
      source:
        'Liu et al., Ironmaking & Steelmaking 50, 678: a sticker moves at .6 to .9 of the casting speed',
      statistics: { mean: [5, 30] },
    },
  ],

  create({ thermocouples, signals }, { indexOf, samples, sampleS }) {
    const upper = new RowContrast(thermocouples.upper.map(indexOf));
    const lower = new RowContrast(thermocouples.lower.map(indexOf));
    const speedAt = indexOf(signals.speed);
    const columns = thermocouples.upper.map(() => new Column(samples));
    return {
      update(input, out, at) {
        upper.update(input);
        lower.update(input);
        let index = NaN;
        let heat = NaN;
        let lag = NaN;
        let peak = NaN;
        for (let i = 0; i < columns.length; i++) {
          const column = columns[i]!;
          column.update(upper.contrasts[i]!, lower.contrasts[i]!);
          if (peak !== peak || column.peak > peak) {
            peak = column.peak;
            lag = column.lag * sampleS;
          }
          index = largerOf(index, column.index);
          heat = largerOf(heat, column.heat);
        }
        const speed = Math.max(input.values[speedAt]!, LEAST_SPEED);
        out[at] = index;
        out[at + 1] = heat;
        out[at + 2] = lag;
        out[at + 3] = lag <= 0 ? 0 : (thermocouples.row_distance / lag) * (MM_PER_S / speed);
      },
    };
  },
};

class Column {
  /** NaN until both rows have spoken. */
  index = NaN;
  /** Largest index of the last minute. */
  peak = NaN;
  heat = NaN;
  lag = NaN;
  private readonly upper: Rise;
  private readonly lower: Rise;
  private readonly delayed: DelayLine;
  private readonly earlier: RollingExtreme;
  private readonly greatest: RollingExtreme;

  constructor(samples: (seconds: number) => number) {
    this.upper = new Rise(samples);
    this.lower = new Rise(samples);
    this.delayed = new DelayLine(samples(EARLIEST_S));
    this.earlier = new RollingExtreme(samples(LATEST_S - EARLIEST_S), 'max');
    this.greatest = new RollingExtreme(samples(60), 'max');
  }

  update(upper: number, lower: number): void {
    this.upper.update(upper);
    this.lower.update(lower);
    this.index = Math.min(
      this.earlier.push(this.delayed.push(this.upper.rise)),
      LOWER_GAIN * this.lower.rise,
    );
    this.peak = this.greatest.push(this.index);
    this.heat = Math.min(this.upper.mean, 1.2 * this.lower.mean);
    this.lag = this.upper.peakAge - this.lower.peakAge;
  }
}

/** One thermocouple's contrast: its rise from the minimum of the last 20 s, its 10 s mean and the age of its peak. */
class Rise {
  rise = NaN;
  mean = NaN;
  peakAge = NaN;
  private readonly smoothed: RollingMean;
  private readonly mean10: RollingMean;
  private readonly least: RollingExtreme;
  private readonly peak: RollingExtreme;

  constructor(samples: (seconds: number) => number) {
    this.smoothed = new RollingMean(samples(3));
    this.mean10 = new RollingMean(samples(10));
    this.least = new RollingExtreme(samples(20), 'min');
    this.peak = new RollingExtreme(samples(60), 'max');
  }

  update(contrast: number): void {
    const smoothed = this.smoothed.push(contrast);
    this.rise = smoothed - this.least.push(smoothed);
    this.mean = this.mean10.push(contrast);
    this.peak.push(smoothed);
    this.peakAge = this.peak.age;
  }
}
