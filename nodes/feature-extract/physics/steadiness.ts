import type { PhysicsDefinition } from './physics.js';
import { RollingMean } from '../../lib/statistics/rolling-mean.js';

/** Farther than this from its own minute's mean the speed is being changed, m/min: seven deviations of its noise. */
const STEADY_BAND = 0.03;
/** Steady for longer is no news, s. */
const LONG = 3600;

/** How settled the process is: change is when most goes wrong, and when most only looks wrong. */
export const steadiness: PhysicsDefinition = {
  needs: ({ signals }) => [signals.speed],

  series: ({ signals }) => [
    {
      name: 'steady_time',
      unit: 's',
      formula: `time since ${signals.speed} was ${STEADY_BAND} m/min or more from its m60, at most ${LONG}`,
      source: 'stability indicator; band: 7 x the noise of caster specification 3',
      statistics: { last: [10] },
    },
    {
      name: 'sensors_missing',
      unit: 'sensors',
      formula: 'number of sensors without a usable value',
      source: 'stability indicator',
      statistics: { mean: [10, 60] },
    },
    {
      name: 'sensors_outside',
      unit: '1',
      formula: 'share of the sensors with a usable value and a normal band that are outside of it',
      source: 'stability indicator',
      statistics: { mean: [10, 300] },
    },
  ],

  create({ signals }, { indexOf, samples, sampleS, sensors }) {
    const speed = indexOf(signals.speed);
    const usual = new RollingMean(samples(60));
    const low = Float64Array.from(sensors, ({ normal }) => normal?.[0] ?? NaN);
    const high = Float64Array.from(sensors, ({ normal }) => normal?.[1] ?? NaN);
    let steady = 0;
    return {
      update({ values }, out, at) {
        const departure = Math.abs(values[speed]! - usual.push(values[speed]!));
        steady = departure < STEADY_BAND ? Math.min(LONG, steady + sampleS) : 0;
        let missing = 0;
        let banded = 0;
        let outside = 0;
        for (let i = 0; i < low.length; i++) {
          const value = values[i]!;
          if (value !== value) missing++;
          else if (low[i] === low[i]) {
            banded++;
            if (value < low[i]! || value > high[i]!) outside++;
          }
        }
        out[at] = departure === departure ? steady : NaN;
        out[at + 1] = missing;
        out[at + 2] = banded === 0 ? NaN : outside / banded;
      },
    };
  },
};
