import assert from 'node:assert/strict';
import { likelyMechanism } from '../../../nodes/alert-manager/likely-mechanism.js';

const model = (kind: string, more: object) => ({ kind, probability: 0.9, ...more });
const feature = (name: string, contribution: number, value = 1) => ({ feature: name, value, contribution });
const CONTRASTS = {
  'tc_u1_contrast.mean.5s': -9,
  'tc_u3_contrast.mean.5s': 8,
  'tc_l1_contrast.mean.5s': -6,
  'tc_l3_contrast.mean.5s': 1,
};

describe('The likely mechanism', () => {
  it('is what both models say, by the weights of the ensemble', () => {
    const mechanism = likelyMechanism({
      weights: { baseline: 0.25, sequence: 0.75 },
      baseline: model('baseline', { mechanisms: { sticker: 0.2, oscillation: 0.8 } }),
      sequence: model('sequence', { mechanisms: { sticker: 0.9, oscillation: 0.1 } }),
    });
    assert.deepEqual([mechanism!.name, mechanism!.by], ['sticker', 'models']);
    assert.ok(Math.abs(mechanism!.share - 0.725) < 1e-12);
  });

  it('is what the one model says that tells mechanisms apart', () => {
    const mechanism = likelyMechanism({
      baseline: model('baseline', { contributions: [feature('oscillation_error.mean.10s', 5)] }),
      sequence: model('sequence', { mechanisms: { long_crack: 0.6, sticker: 0.4 } }),
    });
    assert.equal(mechanism!.text, 'likely longitudinal crack');
  });

  it('goes by the name of the card when only the card knows it', () => {
    const alone = model('baseline', { mechanisms: { star_crack: 0.9, sticker: 0.1 } });
    assert.equal(likelyMechanism(alone)!.text, 'likely star crack');
  });

  const families: readonly [feature: string, value: number, expected: string | undefined][] = [
    ['sticker_index.mean.5s', 1, 'sticker'],
    ['crack_index.mean.5s', 1, 'long_crack'],
    ['mold_level.deviation.10s', 1, 'slag_entrainment'],
    ['spray_deficit_1.mean.60s', 1, 'cooling_crack'],
    ['strand_surface_temp.deviation', 1, 'cooling_crack'],
    ['superheat_margin', 1, 'segregation'],
    ['friction_excess.mean.60s', 1, 'oscillation'],
    ['tc_u1.deviation', 5, 'sticker'],
    ['tc_u1.deviation', -5, 'long_crack'],
    ['tc_u1_contrast.std.60s', 5, undefined],
    ['tc_u1.mean.10s', 140, undefined],
    ['tundish_weight.deviation.10s', 1, undefined],
  ];
  for (const [name, value, expected] of families)
    it(`is ${expected ?? 'not named'} when ${name} at ${value} raises the risk and no model names it`, () => {
      const alone = model('baseline', { contributions: [feature(name, 2, value)] });
      const mechanism = likelyMechanism(alone);
      assert.equal(mechanism?.name, expected);
      if (expected !== undefined) assert.equal(mechanism!.by, 'causes');
    });

  it('takes no cause that speaks against a defect', () => {
    const contributions = [feature('sticker_index.mean.5s', -4), feature('oscillation_error', 1)];
    assert.equal(likelyMechanism(model('baseline', { contributions }))!.name, 'oscillation');
  });

  it('is that of the highest rule when no model spoke', () => {
    const findings = [
      { mechanism: 'oscillation', score: 0.2 },
      { mechanism: 'sticker', score: 0.9 },
      { mechanism: 'no such thing', score: 1 },
    ];
    const mechanism = likelyMechanism({ baseline: null, sequence: null, rules: { findings } });
    assert.deepEqual([mechanism!.name, mechanism!.by], ['sticker', 'rules']);
  });

  it('is not named when the evidence is divided', () => {
    const mechanisms = { a: 0.34, b: 0.33, c: 0.33 };
    assert.equal(likelyMechanism(model('baseline', { mechanisms })), null);
  });

  const columns: readonly [mechanism: string, text: string][] = [
    ['sticker', 'likely sticker, column 3'],
    ['long_crack', 'likely longitudinal crack, column 1'],
    ['oscillation', 'likely oscillation fault'],
  ];
  for (const [mechanism, text] of columns)
    it(`tells the column that stands out: ${text}`, () => {
      const told = model('baseline', { mechanisms: { [mechanism]: 1 }, context: CONTRASTS });
      assert.equal(likelyMechanism(told)!.text, text);
    });

  const odd: readonly [name: string, payload: Record<string, unknown>][] = [
    ['nothing', {}],
    ['a bare risk', { probability: 0.9 }],
    ['mechanisms that are a list', model('baseline', { mechanisms: [1, 2] })],
    ['shares that are no numbers', model('baseline', { mechanisms: { sticker: 'high' } })],
    ['findings that are none', { rules: { findings: [null, 3, { mechanism: 'sticker' }] } }],
  ];
  for (const [name, payload] of odd)
    it(`is not named by ${name}`, () => assert.equal(likelyMechanism(payload), null));
});
