import type { PhysicsDefinition, PhysicsSeries, Process } from './physics.js';
import { largerOf, RowContrast } from './thermocouple-contrast.js';

const BREAKOUT_PAPER = 'Breakout prediction by thermocouple rows, doi 10.1007/s00170-019-04849-x';

/**
 * What the two rows of mold thermocouples say about each column and each side.
 * Order of the series: contrast of each upper, of each lower column, then the seven of both rows.
 */
export const thermocoupleRows: PhysicsDefinition = {
  needs: ({ thermocouples: { upper, lower } }) => [...upper, ...lower],

  series({ thermocouples: { upper, lower } }: Process): readonly PhysicsSeries[] {
    const contrast = (tc: string): PhysicsSeries => ({
      name: `${tc}_contrast`,
      unit: '°C',
      formula: `(${tc} - usual(${tc})) - mean of the same over its row`,
      source: 'caster specification 9: column contrasts against causal EMA(600)',
      statistics: { mean: [5, 20, 60], std: [60], slope: [30] },
    });
    const row = (name: string, formula: string, source: string): PhysicsSeries => ({
      name,
      unit: '°C',
      formula,
      source,
      statistics: { mean: [10, 60], max: [60] },
    });
    return [
      ...upper.map(contrast),
      ...lower.map(contrast),
      row('row_upper_departure', 'mean over the upper row of tc - usual(tc)', 'caster specification 9'),
      row('row_lower_departure', 'mean over the lower row of tc - usual(tc)', 'caster specification 9'),
      row(
        'left_right_upper',
        'mean contrast of the left upper columns - that of the right ones',
        'caster specification 4: slag entrainment splits left and right',
      ),
      row(
        'left_right_lower',
        'mean contrast of the left lower columns - that of the right ones',
        'caster specification 4: slag entrainment splits left and right',
      ),
      row('row_inversion', 'largest over the columns of lower contrast - upper contrast', BREAKOUT_PAPER),
      row('hottest_column', 'largest contrast of all thermocouples', BREAKOUT_PAPER),
      row(
        'coldest_column',
        'smallest contrast of all thermocouples',
        'Thomas, Materials Science and Technology 2003: depressions give dips of the thermocouples',
      ),
    ];
  },

  create({ thermocouples }, { indexOf }) {
    const upper = new RowContrast(thermocouples.upper.map(indexOf));
    const lower = new RowContrast(thermocouples.lower.map(indexOf));
    const columns = thermocouples.upper.length;
    return {
      update(input, out, at) {
        upper.update(input);
        lower.update(input);
        let inversion = NaN;
        let hottest = NaN;
        let coldest = NaN;
        for (let column = 0; column < columns; column++) {
          const above = upper.contrasts[column]!;
          const below = lower.contrasts[column]!;
          out[at + column] = above;
          out[at + columns + column] = below;
          inversion = largerOf(inversion, below - above);
          hottest = largerOf(largerOf(hottest, above), below);
          coldest = largerOf(largerOf(coldest, -above), -below);
        }
        const rows = at + 2 * columns;
        out[rows] = upper.departure;
        out[rows + 1] = lower.departure;
        out[rows + 2] = upper.asymmetry;
        out[rows + 3] = lower.asymmetry;
        out[rows + 4] = inversion;
        out[rows + 5] = hottest;
        out[rows + 6] = -coldest;
      },
    };
  },
};
