import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { castMs, monoMs } from '../../../nodes/lib/clock.js';
import { readConfig } from '../../../nodes/lib/config/read-config.js';
import { shipped } from '../../../nodes/lib/package-paths.js';
import { FeatureEngine } from '../../../nodes/feature-extract/feature-engine.js';
import { planFeatures } from '../../../nodes/feature-extract/feature-plan.js';

const { config } = readConfig(readFileSync(shipped.config(), 'utf8'), 'realtime_inference.yaml');
const plan = planFeatures(config);

/** A cast that runs without any disturbance. */
const CALM: Readonly<Record<string, number>> = {
  casting_speed: 1.2,
  mold_level: 100,
  stopper_position: 36,
  superheat: 24,
  mold_water_flow: 4200,
  mold_water_delta_t: 5,
  ...Object.fromEntries(plan.sensors.filter((name) => name.startsWith('tc_u')).map((name) => [name, 140])),
  ...Object.fromEntries(plan.sensors.filter((name) => name.startsWith('tc_l')).map((name) => [name, 100])),
  mold_friction: 9,
  oscillation_frequency: 144,
  spray_flow_1: 250,
  spray_flow_2: 380,
  strand_surface_temp: 925,
};

type Story = (second: number) => Readonly<Record<string, number>>;

/** Plays the calm cast with what the story changes in it, and gives the value of a feature at the end. */
function played(story: Story, { seconds = 900, grade = 'low_c' } = {}): (feature: string) => number {
  const engine = new FeatureEngine(plan);
  for (let second = 0; second <= seconds; second++)
    engine.accept({
      topic: 's',
      timestamp: castMs(second * 1000),
      cast: { strand: 's', castId: 'c', elapsed: second, grade },
      payload: { ...CALM, ...story(second) },
      timings: { entry: monoMs(0), stages: {} },
    });
  const features = engine.of('s').features();
  return (feature) => {
    assert.ok(feature in features, `${feature} is no feature`);
    return features[feature] ?? NaN;
  };
}
/** A bump of 18 degrees that rises over 10 s and falls over 40 s. */
const bump = (since: number): number =>
  since < 0 ? 0 : since < 10 ? 1.8 * since : Math.max(0, 18 - 0.45 * (since - 10));
const near = (got: number, expected: number, allowed: number): void =>
  assert.ok(Math.abs(got - expected) <= allowed, `${got} is not ${expected} +- ${allowed}`);

describe('caster features', () => {
  const calm = played(() => ({}));

  for (const [feature, expected] of [
    ['sticker_index.max.60s', 0],
    ['crack_index.mean.60s', 0],
    ['row_inversion.max.60s', 0],
    ['spray_deficit_1.mean.60s', 0],
    ['stopper_drift.mean.60s', 0],
    ['friction_excess.mean.60s', 0],
    ['left_right_upper.mean.60s', 0],
    ['steady_time.last.10s', 901],
    ['sensors_missing.mean.10s', 2],
    ['sensors_outside.mean.10s', 0],
  ] as const)
    it(`${feature} of a calm cast is ${expected}`, () => near(calm(feature), expected, 1e-9));

  it('heat_flux is what the mold water carries away per m2', () => {
    near(calm('heat_flux.mean.10s'), ((4200 / 60) * 4186 * 5) / 1.1 / 1e6, 1e-12);
  });

  it('grade margins follow the practice of the grade, and are missing for an unknown one', () => {
    near(calm('superheat_margin.mean.10s'), 24 - 32, 1e-12);
    near(calm('speed_margin.mean.10s'), 1.2 - 1.35, 1e-12);
    near(calm('segregation_index.mean.120s'), -8 / 4.5 - 0.15 / 0.14, 1e-9);
    assert.ok(Number.isNaN(played(() => ({}), { grade: 'unheard_of' })('speed_margin.mean.10s')));
  });

  it('a sticker heats the upper, then the lower thermocouple of a column, and moves slower than the strand', () => {
    const sticker = played((second) => ({
      tc_u2: 140 + bump(second - 850),
      tc_l2: 100 + 0.75 * bump(second - 850 - 13),
    }));
    assert.ok(sticker('sticker_index.max.60s') > 8);
    assert.ok(sticker('two_row_heat.max.60s') > 4);
    // 180 mm in 13 s are .83 m/min; the strand runs at 1.2.
    near(sticker('propagation_lag.mean.5s'), 13, 2);
    near(sticker('propagation_ratio.mean.5s'), 0.69, 0.12);
  });

  it('heat of the upper row alone, or of all columns at once, is no sticker', () => {
    const upperOnly = played((second) => ({ tc_u2: 140 + bump(second - 850) }));
    near(upperOnly('sticker_index.max.60s'), 0, 1);
    const all = played((second) => {
      const heat = bump(second - 850);
      return Object.fromEntries(
        Object.entries(CALM)
          .filter(([name]) => name.startsWith('tc_'))
          .map(([name, calmAt]) => [name, calmAt + heat]),
      );
    });
    near(all('sticker_index.max.60s'), 0, 1e-9);
  });

  it('a crack cools both thermocouples of a column', () => {
    const crack = played((second) => (second < 820 ? {} : { tc_u3: 130, tc_l3: 93 }));
    assert.ok(crack('crack_index.mean.5s') > 4);
    near(played((second) => (second < 820 ? {} : { tc_u3: 130 }))('crack_index.mean.5s'), 0, 1);
  });

  it('a lower thermocouple that rises over the upper one inverts the rows', () => {
    assert.ok(played((second) => (second < 850 ? {} : { tc_l1: 112 }))('row_inversion.max.60s') > 6);
  });

  it('spray that is lost is a deficit, spray that follows the speed is none', () => {
    near(
      played((second) => (second < 800 ? {} : { spray_flow_1: 200 }))('spray_deficit_1.mean.60s'),
      0.2,
      0.05,
    );
    const slower = played((second) =>
      second < 800 ? {} : { casting_speed: 0.9, spray_flow_1: (250 * 0.9) / 1.2 },
    );
    near(slower('spray_deficit_1.mean.60s'), 0, 1e-9);
  });

  it('a stopper that opens at the same speed drifts', () => {
    assert.ok(
      played((second) => ({ stopper_position: 36 + Math.max(0, second - 400) * 0.02 }))(
        'stopper_drift.mean.60s',
      ) > 0.1,
    );
  });

  it('one side hotter than the other shows as asymmetry', () => {
    const split = played((second) =>
      second < 800 ? {} : { tc_u1: 142, tc_u2: 142, tc_u3: 138, tc_u4: 138 },
    );
    assert.ok(split('left_right_upper.mean.60s') > 2);
  });

  it('a thermocouple that is missing leaves the features of the others', () => {
    const gap = played((second) => (second < 850 ? {} : { tc_u4: NaN }));
    near(gap('crack_index.mean.5s'), 0, 1e-9);
    assert.ok(Number.isNaN(gap('tc_u4_contrast.mean.20s')));
  });

  it('a change of speed ends the steady time', () => {
    near(played((second) => (second < 880 ? {} : { casting_speed: 1.3 }))('steady_time.last.10s'), 0, 1e-9);
  });
});
