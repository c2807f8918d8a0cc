import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { featureName, featureWords, windowText } from '../../../../nodes/lib/words/feature-words.js';
import { vocabularyOf } from '../../../../nodes/lib/words/series-words.js';
import { readConfigFile } from '../../../../nodes/lib/config/config-file.js';
import { modelCardSchema } from '../../../../nodes/lib/model-card.js';
import { shipped } from '../../../../nodes/lib/package-paths.js';

const { config } = readConfigFile(shipped.config());
const sensors = vocabularyOf(config);
const told = (feature: string, value: number | null): string => {
  const words = featureWords(feature, sensors);
  return `${words.say(value)}${windowText(words)}`;
};
const namesIn = (kind: 'baseline' | 'sequence'): readonly string[] =>
  modelCardSchema.parse(parse(readFileSync(shipped.model(kind), 'utf8'))).input.names;

describe('A feature in words', () => {
  const rows: readonly [feature: string, value: number | null, expected: string][] = [
    ['mold_friction.mean.60s', 12.345, 'Mold friction average 12.3 kN (60 s)'],
    ['mold_friction.mean.60s', null, 'Mold friction (60 s)'],
    ['mold_friction.slope.60s', -0.02, 'Mold friction fell 1.2 kN in 60 s'],
    ['mold_friction.std.300s', 0.8, 'Mold friction varying by ±0.8 kN (5 min)'],
    ['mold_friction.range.60s', 3, 'Mold friction moved by 3 kN in 60 s'],
    ['mold_friction.p25.60s', 9, 'Mold friction 25th percentile at 9 kN (60 s)'],
    ['mold_friction.deviation', -1, 'Mold friction 1 kN below usual'],
    ['mold_friction', 9.5, 'Mold friction at 9.5 kN'],
    ['tc_u1.deviation.10s', 9, 'Thermocouple upper 1: 9 °C above usual (10 s)'],
    ['tc_u1_contrast.mean.5s', -9, 'Thermocouple upper 1: 9 °C colder than its row (5 s)'],
    ['tundish_temperature.mean.10s', 1533.4, 'Tundish temperature average 1533 °C (10 s)'],
    ['sticker_index.mean.5s', 9.2, 'Sticker index 9.2 °C, heat running down one column (5 s)'],
    ['sticker_index.mean.5s', -1, 'No heat running down a column (5 s)'],
    ['two_row_heat.max.60s', 6, 'Both rows of one column up to 6 °C hotter than the others (60 s)'],
    ['hottest_column.mean.10s', 12, 'Hottest thermocouple 12 °C above its row (10 s)'],
    ['coldest_column.mean.10s', -12, 'Coldest thermocouple 12 °C below its row (10 s)'],
    ['crack_index.mean.60s', 6, 'Both rows of one column 6 °C colder than the others (60 s)'],
    ['row_inversion.max.60s', 8, 'Lower row up to 8 °C hotter than the upper one in one column, against usual (60 s)'], // prettier-ignore
    ['propagation_lag.mean.5s', 14, 'Heat reached the lower row 14 s after the upper one (5 s)'],
    ['propagation_ratio.last.5s', 0.7, 'Heat running down at 70 % of the casting speed'],
    ['left_right_upper.mean.10s', -3, 'Upper row 3 °C hotter on the right than on the left (10 s)'],
    ['row_lower_departure.mean.10s', 4, 'Thermocouples of the lower row 4 °C above usual (10 s)'],
    ['stopper_drift.last.10s', 0.061, 'Stopper 6.1 % further open than usual for the speed'],
    ['stopper_drift.min.120s', -0.05, 'Stopper up to 5 % further closed than usual for the speed (2 min)'],
    ['spray_deficit_2.mean.60s', 0.2, 'Spray zone 2: 20 % short of water for the speed (60 s)'],
    ['spray_deficit_2.last.10s', -0.2, 'Spray zone 2: 20 % over its water for the speed'],
    ['friction_excess.max.120s', 0.3, 'Mold friction up to 30 % above usual for the speed (2 min)'],
    ['superheat_margin.mean.60s', 3, 'Superheat 3 K above the critical value of the grade (60 s)'],
    ['speed_margin.mean.60s', -0.1, 'Casting speed 0.1 m/min below the nominal speed of the grade (60 s)'],
    ['segregation_index.mean.10s', 2.1, 'Segregation index 2.1, superheat and speed together beyond the practice of the grade (10 s)'], // prettier-ignore
    ['oscillation_error.mean.10s', -10, 'Oscillation 10 cpm slower than the speed asks for (10 s)'],
    ['oscillation_error.deviation.60s', 2, 'Oscillation, corrected for speed, 2 cpm above usual (60 s)'],
    ['heat_flux.slope.60s', -0.01, 'Mold heat flux fell 0.6 MW/m² in 60 s'],
    ['steady_time.last.10s', 300, 'Casting speed steady for 5 min'],
    ['sensors_outside.mean.10s', 0.25, '25 % of the sensors outside their normal band (10 s)'],
    ['my_own_thing.mean.10s', 4, 'My own thing average 4 (10 s)'],
    ['mold_friction.constructor.10s', 1, 'Mold friction constructor 10s 1'],
    ['constructor', 2.71828, 'Constructor at 2.7'],
  ];
  for (const [feature, value, expected] of rows)
    it(`is "${expected}"`, () => assert.equal(told(feature, value), expected));

  for (const kind of ['baseline', 'sequence'] as const) {
    it(`is known by a name of its own, with a unit, for all that the shipped ${kind} model reads`, () => {
      for (const feature of namesIn(kind)) {
        const { words, unit, clarity } = featureWords(feature, sensors);
        const text = told(feature, 1.5);
        // A series that nobody knows is spelled out as its own subject, without a unit.
        const isKnown = words.unit !== '' || words.level !== null;
        assert.ok(isKnown, `${feature}: nobody knows ${featureName(feature).series}`);
        assert.ok(unit === '' || text.includes(unit) || unit === 's' || /No |within/.test(text), text);
        assert.ok(clarity >= 0.5 && !/[_{}]|undefined|NaN/.test(text), text);
      }
    });
  }
});
