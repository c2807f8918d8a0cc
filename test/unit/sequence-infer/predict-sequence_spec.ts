import assert from 'node:assert/strict';
import type { PredictorSettings } from '../../../nodes/lib/inference/predictor.js';
import type { Sequence } from '../../../nodes/lib/messages.js';
import type { LoadedModel } from '../../../nodes/lib/model-node.js';
import { predictSequence } from '../../../nodes/sequence-infer/predict-sequence.js';
import { backends, withModel } from '../../support/backends.js';
import { predictAlone } from '../../../nodes/lib/inference/predict-alone.js';
import { ask, instant, settingsWith, START_MS } from '../../support/instants.js';
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
    const predict = (settings: Partial<PredictorSettings>, payload = sequence(108)) =>
      withModel('sequence', fixture('with-attention.yaml'), backend, (model) =>
        ask(predictSequence(model, settingsWith(settings)), payload),
      );

    it('tells which moments the model looked at, adding up to 1', async () => {
      const { attention } = await predict({ explain: 0, explainFrom: 0 });
      const { partS, weights } = attention!;
      assert.deepEqual([partS, weights.length], [1, LENGTH]);
      assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-6);
      assert.ok(weights[5]! > weights[0]!, 'this model leans to the recent');
    });

    it('tells which channels raise the risk, largest first, with their last measured value', async () => {
      const { contributions } = await predict({ explain: 2, explainFrom: 0 });
      const told = contributions!.map(({ feature, value }) => [feature, value]);
      assert.deepEqual(told, [['mold_level', 108], ['tc_u1', 160]]); // prettier-ignore
      // Level: (108 - 100) / 5 * 1.5; the way through a float32 probability costs digits.
      assert.ok(Math.abs(contributions![0]!.contribution - 2.4) < 1e-5);
    });

    it('explains from the given probability on', async () => {
      const { probability } = await predict({ explain: 2, explainFrom: 0 });
      assert.ok((await predict({ explain: 2, explainFrom: probability })).contributions);
      assert.equal((await predict({ explain: 2, explainFrom: probability + 1e-6 })).contributions, undefined);
      assert.equal((await predict({ explain: 0, explainFrom: 0 })).contributions, undefined);
    });

    it('says the same of the same sequence, whatever else is under way', async () => {
      await withModel('sequence', fixture('with-attention.yaml'), backend, async (model: LoadedModel) => {
        const predictor = predictSequence(model, settingsWith({ explain: 3, explainFrom: 0.3 }));
        const alone = await ask(predictor, sequence(108));
        const crowd = await Promise.all(
          [90, 95, 108, 112, 99].map((level) => ask(predictor, sequence(level))),
        );
        assert.deepEqual(crowd[2], alone);
      });
    });

    it('says the same of a sequence that shares its run with those of other strands', async () => {
      await withModel('sequence', fixture('with-attention.yaml'), backend, async (model: LoadedModel) => {
        const predictor = predictSequence(model, settingsWith({}));
        const levels = [90, 95, 108, 112, 99].slice(0, model.batch);
        const answers = await predictor.run(levels.map((level, i) => instant(sequence(level), 0, `${i}`)));
        for (const [i, level] of levels.entries())
          assert.deepEqual(answers.at(i).say(), await ask(predictor, sequence(level)));
        answers.end();
      });
    });

    it('says of each instant what it can, whatever the others lack', async () => {
      await withModel('sequence', fixture('with-attention.yaml'), backend, async (model: LoadedModel) => {
        const predictor = predictSequence({ ...model, batch: 3 }, settingsWith({}));
        const lacking = { ...sequence(108), sensors: ['mold_level', 'casting_speed', 'tc_u2'] };
        const answers = await predictor.run([
          instant(sequence(90)),
          instant(lacking),
          instant(sequence(108)),
        ]);
        assert.throws(() => answers.at(1), { code: 'FEATURE_MISSING' });
        assert.deepEqual(answers.at(2).say(), await ask(predictor, sequence(108)));
        answers.end();
      });
    });

    it('tries a run that failed again instant by instant, so that one does not silence the others', async () => {
      await withModel('sequence', fixture('with-attention.yaml'), backend, async (model: LoadedModel) => {
        const run: LoadedModel['run'] = (feeds) =>
          Object.values(feeds)[0]!.dims[0]! > 1 ? Promise.reject(new Error('broken')) : model.run(feeds);
        const predictor = predictSequence({ ...model, run, batch: 2 }, settingsWith({}));
        const answers = await predictor.run([90, 108].map((level) => instant(sequence(level))));
        assert.deepEqual(answers.at(1).say(), await ask(predictor, sequence(108)));
        answers.end();
      });
    });

    it('explains anew when the risk has grown or time has passed, and carries the explanation on between', async () => {
      await withModel('sequence', fixture('with-attention.yaml'), backend, async (model: LoadedModel) => {
        const predictor = predictSequence(model, settingsWith({ explain: 3, explainEvery: 30 }));
        const story = [[0, 104], [5, 104.2], [10, 112], [15, 108], [39, 111], [40, 108], [41, 108]] as const; // prettier-ignore
        const explained: number[] = [];
        for (const [second, level] of story) {
          const at = instant(sequence(level), second);
          const { explainedAt, contributions } = await predictAlone(predictor, at);
          assert.equal(contributions!.length, 3);
          explained.push(((explainedAt ?? at.timestamp) - START_MS) / 1000);
        }
        assert.deepEqual(explained, [0, 0, 10, 10, 10, 40, 40]);
      });
    });
  });
}

describe('predictSequence', () => {
  it('refuses a model of the other kind', async () => {
    await withModel('baseline', fixture('with-contributions.yaml'), 'native', (model) => {
      assert.throws(() => predictSequence(model, settingsWith({})), {
        code: 'MODEL_INVALID',
      });
      return Promise.resolve();
    });
  });
});
