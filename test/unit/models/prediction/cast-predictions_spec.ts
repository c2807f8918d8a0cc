import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { castPredictions, type Prediction } from '../../../../models/prediction/cast-predictions.js';
import { predictBaseline } from '../../../../nodes/baseline-infer/predict-baseline.js';
import { listCasts } from '../../../../nodes/cast-replay/cast-library-file.js';
import { readConfig } from '../../../../nodes/lib/config/read-config.js';
import { backends, withModel } from '../../../support/backends.js';
import { settingsWith } from '../../../support/instants.js';
import { pump } from '../../../support/model-fixtures.js';

/** From here on the made-up pump draws air; windows of 10 s hold nothing else 10 s later. s */
const FAULT = 450;
const WINDOW = 10;

for (const backend of backends)
  describe(`a model of normal operation, made by own.sh, on ${backend}`, () => {
    const said: Prediction[] = [];
    before(async () => {
      const { config } = readConfig(readFileSync(pump('plant.yaml'), 'utf8'), 'plant.yaml');
      const [cast] = await listCasts(pump('pump.csv'));
      await withModel('baseline', pump('model.yaml'), backend, async (model) => {
        const predict = predictBaseline(model, settingsWith({ explain: 2 }));
        for await (const prediction of castPredictions(cast!, config, predict)) said.push(prediction);
      });
    });

    it('stays below its limit in all but a few seconds of normal operation, seen and unseen', () => {
      const normal = said.filter(({ elapsed }) => elapsed >= WINDOW && elapsed < FAULT);
      const beyond = normal.filter(({ probability }) => probability >= 0.5);
      assert.ok(beyond.length <= 0.03 * normal.length, `${beyond.length} of ${normal.length}`);
    });

    it('is beyond its limit from the first full window of the fault to the end', () => {
      const quiet = said.filter(({ elapsed, probability }) => elapsed >= FAULT + WINDOW && probability < 0.5);
      assert.deepEqual(quiet, []);
    });

    it('names the sensor that left normal operation', () => {
      const first = said.find(({ elapsed }) => elapsed === FAULT + WINDOW)!.contributions![0]!;
      assert.match(first.feature, /^flow\./);
      assert.ok(first.contribution > 0);
    });
  });
