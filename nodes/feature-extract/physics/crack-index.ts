import type { PhysicsDefinition } from './physics.js';
import { RollingMean } from '../../lib/statistics/rolling-mean.js';
import { largerOf, RowContrast } from './thermocouple-contrast.js';

/** The lower row sees a depression weaker than the upper one (caster specification 4: .55 to .95). */
const LOWER_GAIN = 1.2;

/** A depression over a longitudinal crack lifts the shell off the mold: both thermocouples of one column read low for minutes. */
export const crackIndex: PhysicsDefinition = {
  needs: ({ thermocouples: { upper, lower } }) => [...upper, ...lower],

  series: () => [
    {
      name: 'crack_index',
      unit: '°C',
      formula: 'largest over the columns of min(-m20(upper contrast), -1.2 m20(lower contrast))',
      source: 'caster specification 9: both rows of a column below the others (20 s means)',
      statistics: { mean: [5, 60], max: [120] },
    },
  ],

  create({ thermocouples }, { indexOf, samples }) {
    const upper = new RowContrast(thermocouples.upper.map(indexOf));
    const lower = new RowContrast(thermocouples.lower.map(indexOf));
    const above = thermocouples.upper.map(() => new RollingMean(samples(20)));
    const below = thermocouples.lower.map(() => new RollingMean(samples(20)));
    return {
      update(input, out, at) {
        upper.update(input);
        lower.update(input);
        let index = NaN;
        for (let i = 0; i < above.length; i++) {
          const dip = Math.min(
            -above[i]!.push(upper.contrasts[i]!),
            -LOWER_GAIN * below[i]!.push(lower.contrasts[i]!),
          );
          index = largerOf(index, dip);
        }
        out[at] = index;
      },
    };
  },
};
