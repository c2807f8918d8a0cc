import assert from 'node:assert/strict';
import fc from 'fast-check';
import { attentionParts } from '../../../nodes/lib/inference/attention-parts.js';
import { ContextFeatures } from '../../../nodes/lib/inference/context-features.js';
import { mechanismShares } from '../../../nodes/lib/inference/mechanism-shares.js';
import { normalRange } from '../../../nodes/lib/inference/normal-range.js';

describe('attentionParts', () => {
  it('keeps a short window step by step', () =>
    assert.deepEqual(attentionParts([0.25, 0.75], 2), { partS: 2, weights: [0.25, 0.75] }));

  it('tells a long window in thirty parts', () => {
    const { partS, weights } = attentionParts(new Float32Array(300).fill(1 / 300), 2);
    assert.deepEqual([partS, weights.length], [20, 30]);
  });

  it('counts parts from the newest step, so that the oldest is the short one', () => {
    const { partS, weights } = attentionParts(new Array<number>(31).fill(1), 1);
    assert.deepEqual([partS, weights.length, weights[0], weights.at(-1)], [2, 16, 1, 2]);
  });

  it('loses no weight and is a plain array of at most thirty', () => {
    const steps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 700 });
    fc.assert(
      fc.property(steps, (given) => {
        const { weights } = attentionParts(Float64Array.from(given), 2);
        const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
        assert.ok(Array.isArray(weights) && weights.length <= 30);
        assert.ok(Math.abs(sum(weights) - sum(given)) < 1e-9);
      }),
    );
  });
});

describe('normalRange', () => {
  const card = { normal: { low_c: { level: [1, 2, 3] }, any: { level: [0, 2, 5] } } } as const;
  const asCard = card as unknown as Parameters<typeof normalRange>[0];
  const rows: readonly [name: string, feature: string, grade: string | undefined, expected: unknown][] = [
    ['the range of the grade', 'level', 'low_c', { low: 1, high: 3, grade: 'low_c' }],
    ['that of any grade for one the card does not know', 'level', 'new', { low: 0, high: 5, grade: 'any' }],
    ['that of any grade for a cast without one', 'level', undefined, { low: 0, high: 5, grade: 'any' }],
    ['nothing for a feature it does not know', 'constructor', 'low_c', undefined],
    ['that of any grade for one named like a property of all objects', 'level', 'constructor', { low: 0, high: 5, grade: 'any' }], // prettier-ignore
  ];
  for (const [name, feature, grade, expected] of rows)
    it(`tells ${name}`, () => assert.deepEqual(normalRange(asCard, feature, grade), expected));
  it('tells nothing where the card has no ranges', () =>
    assert.equal(normalRange({}, 'level', 'low_c'), undefined));
});

describe('mechanismShares', () => {
  const outputs = { shares: { type: 'float32', data: Float32Array.of(0.25, 0.75), dims: [1, 2] } } as const;
  it('names the shares of the graph as the card does', () =>
    assert.deepEqual(
      mechanismShares(outputs, 0, {
        mechanisms: ['sticker', 'oscillation'],
        output: { mechanisms: 'shares' },
      }),
      { sticker: 0.25, oscillation: 0.75 },
    ));
  it('tells nothing of a graph without that output', () =>
    assert.equal(mechanismShares(outputs, 0, { mechanisms: undefined, output: {} }), undefined));
});

describe('ContextFeatures', () => {
  it('picks level and departure over the shortest window, contrasts, and whether the speed is steady', () => {
    const features = {
      'mold_level.mean.60s': 1,
      'mold_level.deviation.60s': 2,
      'mold_level.mean.10s': 3,
      'mold_level.deviation.10s': 4,
      'mold_level.std.10s': 5,
      'tc_u1_contrast.mean.5s': 6,
      'superheat.mean.10s': 7,
      'steady_time.last.10s': 8,
    };
    assert.deepEqual(new ContextFeatures().pick(features), {
      'mold_level.mean.10s': 3,
      'mold_level.deviation.10s': 4,
      'tc_u1_contrast.mean.5s': 6,
      'steady_time.last.10s': 8,
    });
  });
  it('leaves out what is not known at the instant', () => {
    const context = new ContextFeatures();
    context.pick({ 'steady_time.last.10s': 8 });
    assert.deepEqual(context.pick({ 'steady_time.last.10s': null }), {});
  });
});
