import assert from 'node:assert/strict';
import { predictBaseline } from '../../../nodes/baseline-infer/predict-baseline.js';
import type { Said } from '../../../nodes/lib/inference/predictor.js';
import type { FeatureVector } from '../../../nodes/lib/messages.js';
import type { LoadedModel } from '../../../nodes/lib/model-node.js';
import { backends, withModel } from '../../support/backends.js';
import { ask, instant, settingsWith } from '../../support/instants.js';
import { fixture } from '../../support/model-fixtures.js';

const FEATURES: FeatureVector = {
  'mold_level.mean.10s': 104,
  'mold_level.std.60s': 3.5,
  'casting_speed.slope.60s': -0.001,
  'tc_u1.mean.10s': null,
};
const explain = (count: number) => settingsWith({ explain: count });
const sharesOf = ({ contributions }: Said): [string, number][] =>
  contributions!.map(({ feature, contribution }) => [feature, contribution]);

for (const backend of backends) {
  describe(`predictBaseline on ${backend}`, () => {
    it('finds by occlusion the contributions that the graph of the same model gives', async () => {
      const own = await withModel('baseline', fixture('with-contributions.yaml'), backend, (model) =>
        ask(predictBaseline(model, explain(4)), FEATURES),
      );
      const hidden = await withModel('baseline', fixture('without-contributions.yaml'), backend, (model) =>
        ask(predictBaseline(model, explain(4)), FEATURES),
      );
      assert.equal(hidden.probability, own.probability);
      for (const [i, [feature, share]] of sharesOf(hidden).entries()) {
        assert.equal(feature, sharesOf(own)[i]![0]);
        // The way through a float32 probability costs digits.
        assert.ok(Math.abs(share - sharesOf(own)[i]![1]) < 1e-5, `${feature}: ${share}`);
      }
    });

    it('keeps as many contributions as wanted, and none when none are', async () => {
      await withModel('baseline', fixture('without-contributions.yaml'), backend, async (model) => {
        assert.equal((await ask(predictBaseline(model, explain(2)), FEATURES)).contributions!.length, 2);
        assert.equal((await ask(predictBaseline(model, explain(0)), FEATURES)).contributions, undefined);
      });
    });

    it('says the same of the same features, whatever else is under way', async () => {
      await withModel('baseline', fixture('with-contributions.yaml'), backend, async (model) => {
        const predictor = predictBaseline(model, explain(4));
        const alone = await ask(predictor, FEATURES);
        const others = Array.from({ length: 20 }, (_, i) => ({ ...FEATURES, 'mold_level.mean.10s': 90 + i }));
        const asked = [...others.slice(0, 10), FEATURES, ...others.slice(10)];
        const crowd = await Promise.all(asked.map((features) => ask(predictor, features)));
        assert.deepEqual(crowd[10], alone);
        const answers = await predictor.run(asked.map((features) => instant(features)));
        assert.deepEqual(answers.at(10).say(), alone);
        answers.end();
      });
    });
  });
}

describe('predictBaseline', () => {
  it('refuses a model of the other kind', async () => {
    await withModel('sequence', fixture('with-attention.yaml'), 'native', (model) => {
      assert.throws(() => predictBaseline(model, explain(0)), { code: 'MODEL_INVALID' });
      return Promise.resolve();
    });
  });

  for (const value of [NaN, 1.5, -0.1]) {
    it(`does not pass on a probability of ${value}`, async () => {
      await withModel('baseline', fixture('without-contributions.yaml'), 'native', async (model) => {
        const output = { type: 'float32' as const, data: Float32Array.of(value), dims: [1] };
        const odd: LoadedModel = { ...model, run: () => Promise.resolve({ probability: output }) };
        await assert.rejects(ask(predictBaseline(odd, explain(0)), FEATURES), { code: 'MODEL_FAILED' });
      });
    });
  }
});
