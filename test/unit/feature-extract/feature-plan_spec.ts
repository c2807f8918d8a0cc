import assert from 'node:assert/strict';
import { planFeatures } from '../../../nodes/feature-extract/feature-plan.js';
import { configWith } from '../../support/config.js';

const namesOf = (features: object, more: object = {}): readonly string[] =>
  planFeatures(configWith({ features, ...more })).names;

describe('planFeatures', () => {
  it('names each feature by sensor, statistic and window', () => {
    assert.deepEqual(namesOf({ windows: [60, 10], statistics: ['mean', 'p90'] }), [
      'mold_level.mean.10s',
      'mold_level.p90.10s',
      'mold_level.mean.60s',
      'mold_level.p90.60s',
    ]);
  });

  it('takes windows of its own for each statistic', () => {
    assert.deepEqual(namesOf({ statistics: { mean: [10], std: [10, 300] } }), [
      'mold_level.mean.10s',
      'mold_level.std.10s',
      'mold_level.std.300s',
    ]);
  });

  it('takes statistics of its own for a sensor', () => {
    assert.deepEqual(namesOf({ windows: [10], sensors: { mold_level: { statistics: ['last'] } } }), [
      'mold_level.last.10s',
    ]);
  });

  it('gives derived sensors the same statistics, and derives from derived ones', () => {
    const derived = [
      { name: 'double', expression: 'mold_level * 2' },
      { name: 'fourfold', expression: 'double * 2' },
    ];
    assert.deepEqual(namesOf({ windows: [10], statistics: ['mean'], derived }), [
      'mold_level.mean.10s',
      'double.mean.10s',
      'fourfold.mean.10s',
    ]);
  });

  it('names a correlation by its pair', () => {
    const sensors = ['a', 'b'].map((name) => ({ name, unit: '', range: [0, 1] }));
    const correlations = [{ pair: ['a', 'b'], windows: [60] }];
    assert.deepEqual(namesOf({ statistics: [], correlations }, { sensors }), ['a.corr.b.60s']);
  });

  it('makes channels of sensors, derived sensors and departures from the usual level', () => {
    const plan = planFeatures(
      configWith({ features: { sequence: { channels: ['mold_level', 'mold_level.deviation'] } } }),
    );
    assert.deepEqual(
      plan.channels.map(({ series, isDeviation }) => [series, isDeviation]),
      [
        [0, false],
        [0, true],
      ],
    );
  });

  const refused: readonly [name: string, features: object, message: RegExp][] = [
    [
      'statistics of an unknown sensor',
      { sensors: { level: {} } },
      /features\.sensors\.level: no sensor is called "level"/,
    ],
    [
      'an unknown channel',
      { sequence: { channels: ['level'] } },
      /sequence\.channels\[0\]: no sensor is called "level"/,
    ],
    [
      'a derived sensor with a sensor’s name',
      { derived: [{ name: 'mold_level', expression: '1' }] },
      /is already the name of a sensor/,
    ],
    [
      'a derived sensor with the name of a grade value',
      { derived: [{ name: 'liquidus', expression: '1' }] },
      /is already the name of a grade's value/,
    ],
    [
      'a formula that looks ahead',
      {
        derived: [
          { name: 'one', expression: 'two' },
          { name: 'two', expression: '1' },
        ],
      },
      /derived\[0\]\.expression: unknown name "two"/,
    ],
    ['being outside of a band that is not given', { statistics: ['n_outside'] }, /need its normal band/],
    ['caster features without the process section', { physics: true }, /no process section/],
    [
      'a correlation with an unknown sensor',
      { correlations: [{ pair: ['mold_level', 'x'], windows: [10] }] },
      /correlations\[0\]\.pair\[1\]: no sensor is called "x"/,
    ],
  ];
  for (const [name, features, message] of refused)
    it(`refuses ${name}`, () => assert.throws(() => namesOf(features), { code: 'CONFIG_INVALID', message }));
});
