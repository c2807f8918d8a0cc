import assert from 'node:assert/strict';
import { causesOf, inWords, modelsOf } from '../../../nodes/alert-manager/why.js';

const words = new Map([['mold_friction', { label: 'Mold friction', unit: 'kN' }]]);
const prediction = (kind: string, contributions: unknown, probability: number | null = 0.9) => ({
  ...{ probability, kind, model: 'gbm', version: '1.2.0', latencyMs: 1, contributions },
});

describe('inWords', () => {
  const rows: readonly [feature: string, value: number | null, expected: string][] = [
    ['mold_friction.mean.60s', 12.345, 'Mold friction average 12.3 kN (60 s)'],
    ['mold_friction.mean.60s', null, 'Mold friction average (60 s)'],
    ['mold_friction.slope.10s', 0.02, 'Mold friction rising (10 s)'],
    ['mold_friction.slope.10s', -0.02, 'Mold friction falling (10 s)'],
    ['mold_friction.kurtosis.300s', 4, 'Mold friction kurtosis 4 (300 s)'],
    ['stopper_drift.mean.60s', 0.5, 'Stopper drift average 0.5 (60 s)'],
    ['mold_friction.slope.10s', null, 'Mold friction trend (10 s)'],
    ['mold_friction.deviation.10s', 3.14159, 'Mold friction 3.14 kN above usual (10 s)'],
    ['mold_friction.deviation.10s', -3.14159, 'Mold friction 3.14 kN below usual (10 s)'],
    ['mold_friction.deviation', 1, 'Mold friction 1 kN above usual'],
    ['mold_friction.p25.60s', 9, 'Mold friction 25th percentile 9 kN (60 s)'],
    ['mold_friction_contrast.mean.10s', 9, 'Mold friction contrast average 9 (10 s)'],
    ['mold_friction.corr.casting_speed.60s', 0.5, 'Mold friction corr casting speed 60s 0.5'],
    ['mold_friction.constructor.10s', 1, 'Mold friction constructor 10s 1'],
    ['row_inversion', 2.71828, 'Row inversion 2.72'],
    ['heat_flux.upper', null, 'Heat flux upper'],
  ];
  for (const [feature, value, expected] of rows)
    it(`says "${expected}" for ${feature}`, () => assert.equal(inWords(feature, value, words), expected));
});

describe('causesOf', () => {
  it('names what raises the risk, largest share first, of either model', () => {
    const payload = {
      baseline: prediction('baseline', [
        { feature: 'mold_friction.std.60s', value: 1, contribution: 0.2 },
        { feature: 'mold_friction.mean.60s', value: 12, contribution: 1.1 },
        { feature: 'casting_speed.mean.60s', value: 1, contribution: -3 },
      ]),
      sequence: prediction('sequence', [{ feature: 'tc_u1', value: 140, contribution: 0.4 }]),
    };
    assert.deepEqual(
      causesOf(payload, words).map(({ model, text }) => `${model}: ${text}`),
      [
        'baseline: Mold friction average 12 kN (60 s)',
        'baseline: Mold friction spread 1 kN (60 s)',
        'sequence: Tc u1 140',
      ],
    );
  });
  it('takes those of a single model too', () => {
    const alone = prediction('baseline', [{ feature: 'mold_friction.max.60s', value: 20, contribution: 1 }]);
    assert.equal(causesOf(alone, words).length, 1);
  });
  it('keeps at most five per model', () => {
    const many = Array.from({ length: 30 }, (_, rank) => ({
      feature: `f${rank}`,
      value: rank,
      contribution: 1,
    }));
    assert.equal(causesOf(prediction('baseline', many), words).length, 5);
  });
  const odd: readonly [name: string, contributions: unknown][] = [
    ['none', undefined],
    ['a text', 'friction'],
    ['a list of texts', ['friction']],
    ['a share that is not a number', [{ feature: 'f', value: 1, contribution: 'high' }]],
    ['a share that is NaN', [{ feature: 'f', value: 1, contribution: NaN }]],
    ['named by 10 MB', [{ feature: 'x'.repeat(1e7), value: 1, contribution: 1 }]],
    ['nameless shares', [null, { contribution: 1 }]],
  ];
  for (const [name, contributions] of odd)
    it(`leaves out contributions that are ${name}`, () =>
      assert.deepEqual(causesOf(prediction('baseline', contributions), words), []));
});

describe('modelsOf', () => {
  it('names the models that spoke', () => {
    const payload = { baseline: prediction('baseline', []), sequence: prediction('sequence', [], null) };
    assert.deepEqual(modelsOf(payload), ['gbm 1.2.0']);
  });
  it('names none for a risk from elsewhere', () => assert.deepEqual(modelsOf({ probability: 0.9 }), []));
});
