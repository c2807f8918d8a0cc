import assert from 'node:assert/strict';
import type { PredictorSettings } from '../../../nodes/lib/inference/predictor.js';
import type { Sequence } from '../../../nodes/lib/messages.js';
import type { LoadedModel } from '../../../nodes/lib/model-node.js';
import { predictSequence } from '../../../nodes/sequence-infer/predict-sequence.js';
import { backends, withModel } from '../../support/backends.js';
import { fixture } from '../../support/model-fixtures.js';

const LENGTH = 6;

/** Six equal steps of a level, a speed and a temperature; the temperature was not measured at the last one. */
function sequence(level: number): Sequence {
  const values = Float32Array.from({ length: 3 * LENGTH }, (_, i) => [level, 1.2, 160][i % 3]!);
  const mask = new Uint8Array(3 * LENGTH).fill(1);
  values[17] = NaN;
  mask[17] = 0;
  return { sensors: ['mold_level', 'casting_speed', 'tc_u1'], length: LENGTH, values, mask };
}

for (const backend of backends) {
  describe(`predictSequence on ${backend}`, () => {
    const predict = (settings: PredictorSettings, payload = sequence(108)) =>
      withModel('sequence', fixture('with-attention.yaml'), backend, (model) =>
        predictSequence(model, settings)(payload),
      );

    it('tells which moments the model looked at, adding up to 1', async () => {
      const { attention } = await predict({ explain: 0, explainFrom: 0, step: 1 });
      const { partS, weights } = attention!;
      assert.deepEqual([partS, weights.length], [1, LENGTH]);
      assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-6);
      assert.ok(weights[5]! > weights[0]!, 'this model leans to the recent');
    });

    it('tells which channels raise the risk, largest first, with their last measured value', async () => {
      const { contributions } = await predict({ explain: 2, explainFrom: 0, step: 1 });
      const told = contributions!.map(({ feature, value }) => [feature, value]);
      assert.deepEqual(told, [['mold_level', 108], ['tc_u1', 160]]); // prettier-ignore
      // Level: (108 - 100) / 5 * 1.5; the way through a float32 probability costs digits.
      assert.ok(Math.abs(contributions![0]!.contribution - 2.4) < 1e-5);
    });

    it('explains from the given probability on', async () => {
      const { probability } = await predict({ explain: 2, explainFrom: 0, step: 1 });
      assert.ok((await predict({ explain: 2, explainFrom: probability, step: 1 })).contributions);
      assert.equal(
        (await predict({ explain: 2, explainFrom: probability + 1e-6, step: 1 })).contributions,
        undefined,
      );
      assert.equal((await predict({ explain: 0, explainFrom: 0, step: 1 })).contributions, undefined);
    });

    it('says the same of the same sequence, whatever else is under way', async () => {
      await withModel('sequence', fixture('with-attention.yaml'), backend, async (model: LoadedModel) => {
        const predictOne = predictSequence(model, { explain: 3, explainFrom: 0.3, step: 1 });
        const alone = await predictOne(sequence(108));
        const crowd = await Promise.all([90, 95, 108, 112, 99].map((level) => predictOne(sequence(level))));
        assert.deepEqual(crowd[2], alone);
      });
    });
  });
}

describe('predictSequence', () => {
  it('refuses a model of the other kind', async () => {
    await withModel('baseline', fixture('with-contributions.yaml'), 'native', (model) => {
      assert.throws(() => predictSequence(model, { explain: 0, explainFrom: 0, step: 1 }), {
        code: 'MODEL_INVALID',
      });
      return Promise.resolve();
    });
  });
});
