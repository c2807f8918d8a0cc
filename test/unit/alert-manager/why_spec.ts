import assert from 'node:assert/strict';
import { causesOf, modelsOf } from '../../../nodes/alert-manager/why.js';

const sensors = new Map([
  ['mold_friction', { label: 'Mold friction', unit: 'kN' }],
  ['stopper_position', { label: 'Stopper position', unit: '%' }],
  ['tc_u1', { label: 'Thermocouple upper 1', unit: '°C' }],
]);
const prediction = (kind: string, contributions: unknown, more: object = {}) => ({
  ...{ probability: 0.9, kind, model: 'gbm', version: '1.2.0', latencyMs: 1, contributions },
  ...more,
});
const texts = (payload: Record<string, unknown>): string[] =>
  causesOf(payload, sensors).map(({ text }) => text);

describe('causesOf', () => {
  it('names what raises the risk, largest share first, of either model', () => {
    const payload = {
      baseline: prediction('baseline', [
        { feature: 'tc_u1.mean.60s', value: 140, contribution: 0.3 },
        { feature: 'mold_friction.mean.60s', value: 12.345, contribution: 1.1 },
        { feature: 'casting_speed.mean.60s', value: 1, contribution: -3 },
      ]),
      sequence: prediction('sequence', [{ feature: 'spray_deficit_1', value: 0.2, contribution: 0.4 }]),
    };
    assert.deepEqual(texts(payload), [
      'Mold friction average 12.3 kN (60 s)',
      'Spray zone 1: 20 % short of water for the speed',
      'Thermocouple upper 1 average 140 °C (60 s)',
    ]);
  });

  it('tells what is about the same thing once: windows, what is derived from a sensor, both models', () => {
    const payload = {
      baseline: prediction('baseline', [
        { feature: 'mold_friction.std.60s', value: 1, contribution: 0.6 },
        { feature: 'mold_friction.deviation.60s', value: 2, contribution: 0.5 },
        { feature: 'friction_excess.max.120s', value: 0.3, contribution: 0.2 },
      ]),
      sequence: prediction('sequence', [{ feature: 'mold_friction', value: 12, contribution: 0.1 }]),
      weights: { baseline: 0.5, sequence: 0.5 },
    };
    const [cause, ...others] = causesOf(payload, sensors);
    assert.deepEqual(others, []);
    assert.equal(cause!.text, 'Mold friction 2 kN above usual (60 s)', 'the clearest is shown');
    assert.ok(Math.abs(cause!.contribution - 0.7) < 1e-12, 'shares by the weights of the ensemble');
    assert.deepEqual(cause!.features, [
      ...[
        'mold_friction.std.60s',
        'mold_friction.deviation.60s',
        'friction_excess.max.120s',
        'mold_friction',
      ],
    ]);
  });

  it('tells value, usual level of this cast and normal range of the grade', () => {
    const context = { 'mold_friction.mean.10s': 12.4, 'mold_friction.deviation.10s': 3.1 };
    const normal = { low: -1.1, high: 1.2, grade: 'low_c' };
    const feature = { feature: 'mold_friction.deviation.60s', value: 3, contribution: 1, normal };
    const [cause] = causesOf(prediction('baseline', [feature], { context }), sensors);
    assert.equal(
      cause!.detail,
      'now 12.4 kN, usual in this cast 9.3 kN; normally for low_c -1.1 to 1.2 kN from usual',
    );
    assert.deepEqual([cause!.value, cause!.unit, cause!.windowS, cause!.normal], [3, 'kN', 60, normal]);
  });

  it('tells a trend by its change over the window, and whether the casting speed was steady', () => {
    const feature = { feature: 'stopper_position.slope.300s', value: 0.02, contribution: 1 };
    const during = (steadyS: number) =>
      texts(prediction('baseline', [feature], { context: { 'steady_time.last.10s': steadyS } }))[0];
    assert.equal(during(400), 'Stopper position rose 6 % in 5 min while the casting speed was steady');
    assert.equal(during(200), 'Stopper position rose 6 % in 5 min');
  });

  it('shows what is out of the normal before what is in it', () => {
    const normal = { low: 0, high: 10, grade: 'any' };
    const payload = prediction('baseline', [
      { feature: 'mold_friction.mean.10s', value: 9, contribution: 1, normal },
      { feature: 'mold_friction.mean.60s', value: 11, contribution: 0.8, normal },
    ]);
    assert.deepEqual(texts(payload), ['Mold friction average 11 kN (60 s)']);
  });

  it('takes the contributions of a single model too, and keeps at most five', () => {
    const many = Array.from({ length: 30 }, (_, i) => ({ feature: `f${i}`, value: i, contribution: 1 }));
    assert.equal(causesOf(prediction('baseline', many), sensors).length, 5);
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
      assert.deepEqual(causesOf(prediction('baseline', contributions), sensors), []));

  it('leaves out a normal range and a context that are none', () => {
    const feature = { feature: 'mold_friction.mean.60s', value: 1, contribution: 1, normal: { low: 'x' } };
    const [cause] = causesOf(prediction('baseline', [feature], { context: 'warm' }), sensors);
    assert.deepEqual([cause!.normal, cause!.usual, cause!.detail], [null, null, '']);
  });
});

describe('modelsOf', () => {
  it('names the models that spoke', () => {
    const payload = {
      baseline: prediction('baseline', []),
      sequence: prediction('sequence', [], { probability: null }),
    };
    assert.deepEqual(modelsOf(payload), ['gbm 1.2.0']);
  });
  it('names none for a risk from elsewhere', () => assert.deepEqual(modelsOf({ probability: 0.9 }), []));
});
