import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  combine as combineBeside,
  type Beside,
  type CombineSettings,
} from '../../../nodes/ensemble/combine.js';
import type { ModelKind, Prediction } from '../../../nodes/lib/messages.js';

const settings: CombineSettings = {
  method: 'weighted',
  weights: { baseline: 0.5, sequence: 0.5 },
  voteThreshold: 0.5,
  calibration: { slope: 1, intercept: 0 },
  enabled: { baseline: true, sequence: true },
};
const said = (kind: ModelKind, probability: number | null): Prediction => ({
  probability,
  kind,
  model: 'm',
  version: '1',
  latencyMs: 0,
});

const nothing: Beside = { rules: null, confidence: 1 };
const combine = (baseline: Prediction | null, sequence: Prediction | null, inForce: CombineSettings) =>
  combineBeside(baseline, sequence, inForce, nothing);

describe('combine', () => {
  const rows: readonly [
    name: string,
    change: Partial<CombineSettings>,
    baseline: number | null,
    sequence: number | null,
    expected: number | null,
    degraded: boolean,
  ][] = [
    ['takes the mean of the log-odds when weighted', {}, 0.2, 0.8, 0.5, false],
    [
      'leans to the model with more weight',
      { weights: { baseline: 3, sequence: 1 } },
      0.2,
      0.8,
      1 / 3,
      false,
    ],
    ['takes the higher of the two as max', { method: 'max' }, 0.2, 0.7, 0.7, false],
    [
      'gives the share of votes when voting',
      { method: 'voting', weights: { baseline: 1, sequence: 3 } },
      0.9,
      0.1,
      0.25,
      false,
    ],
    [
      'puts the mean on the line of the calibration',
      { calibration: { slope: 2, intercept: Math.log(3) } },
      0.5,
      0.5,
      0.75,
      false,
    ],
    [
      'leaves a model that speaks alone as it is, for the line is that of both',
      { calibration: { slope: 2, intercept: 1 } },
      null,
      0.7,
      0.7,
      true,
    ],
    ['carries on with the sequence model alone', {}, null, 0.7, 0.7, true],
    ['carries on with the baseline alone', {}, 0.4, null, 0.4, true],
    ['says nothing when nobody speaks', {}, null, null, null, true],
    [
      'does not miss a model that is switched off',
      { enabled: { baseline: true, sequence: false } },
      0.4,
      null,
      0.4,
      false,
    ],
    [
      'does not miss a model without weight',
      { weights: { baseline: 1, sequence: 0 } },
      0.4,
      null,
      0.4,
      false,
    ],
  ];
  for (const [name, change, baseline, sequence, expected, degraded] of rows) {
    it(name, () => {
      const result = combine(said('baseline', baseline), said('sequence', sequence), {
        ...settings,
        ...change,
      });
      if (expected === null) assert.equal(result.probability, null);
      else
        assert.ok(
          Math.abs(result.probability! - expected) < 1e-12,
          `${result.probability} is not ${expected}`,
        );
      assert.equal(result.degraded, degraded);
    });
  }

  it('keeps the only voice to the bit', () => {
    assert.equal(combine(said('baseline', 0.1), null, settings).probability, 0.1);
  });

  it('stays between the two models and within 0..1, whatever they say', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(probability, probability, (one, other) => {
        const joint = combine(said('baseline', one), said('sequence', other), settings).probability!;
        // 2e-6: a certain model is held 1e-6 from 0 and 1.
        return joint >= Math.min(one, other) - 2e-6 && joint <= Math.max(one, other) + 2e-6;
      }),
    );
  });

  it('tells how far the models agree', () => {
    assert.equal(combine(said('baseline', 0.25), said('sequence', 0.75), settings).agreement, 0.5);
    assert.equal(combine(said('baseline', 0.25), null, settings).agreement, null);
  });

  describe('beside the rules', () => {
    const firing = { score: 0.7, findings: [] };
    const calm = { score: 0, findings: [] };
    const blind = { score: null, findings: [] };
    const cases: readonly [
      name: string,
      baseline: number | null,
      rules: Beside['rules'],
      expected: { probability: number | null; fallback: boolean; degraded: boolean },
    ][] = [
      [
        'lets the rules speak when no model does',
        null,
        firing,
        { probability: 0.7, fallback: true, degraded: true },
      ],
      ['takes their calm for a word, too', null, calm, { probability: 0, fallback: true, degraded: true }],
      [
        'keeps the rules out of it while a model speaks',
        0.2,
        firing,
        { probability: 0.2, fallback: false, degraded: true },
      ],
      [
        'says nothing when the rules have no sensor to look at',
        null,
        blind,
        { probability: null, fallback: false, degraded: true },
      ],
    ];
    for (const [name, baseline, rules, expected] of cases) {
      it(name, () => {
        const beside = { rules, confidence: 0.75 };
        const result = combineBeside(said('baseline', baseline), said('sequence', null), settings, beside);
        const { probability, fallback, degraded } = result;
        assert.deepEqual({ probability, fallback, degraded }, expected);
        assert.equal(result.rules, rules, 'the second opinion always travels along');
        assert.equal(result.confidence, 0.75);
      });
    }
  });
});
