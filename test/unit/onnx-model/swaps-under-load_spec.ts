import assert from 'node:assert/strict';
import { predictBaseline } from '../../../nodes/baseline-infer/predict-baseline.js';
import { systemClock } from '../../../nodes/lib/clock.js';
import { InferenceLine, type Runner } from '../../../nodes/lib/inference/inference-line.js';
import type { Said } from '../../../nodes/lib/inference/predictor.js';
import { modelFiles } from '../../../nodes/onnx-model/model-file.js';
import { loadModel } from '../../../nodes/onnx-model/model-loader.js';
import { ModelService } from '../../../nodes/onnx-model/model-service.js';
import { openBackend } from '../../../nodes/onnx-model/onnx-runtime.js';
import { backends } from '../../support/backends.js';
import { instant, settingsWith } from '../../support/instants.js';
import { ModelFolder } from '../../support/model-folder.js';
import { meanOf } from '../../support/onnx-bytes.js';

const SWAPS = 50;
const PER_SWAP = 20;
/** An instant, and the version of the model that was asked about it. */
interface Ask {
  readonly place: number;
  version: string;
}

const FEATURES = { a: 0.1, b: 0.2, c: 0.3, d: 0.4 };

for (const backend of backends) {
  describe(`${SWAPS} swaps under load on ${backend}`, function () {
    this.timeout(60_000);

    it('lose no prediction, double none, keep their order, and leave no session behind', async () => {
      const folder = new ModelFolder('0', meanOf(4));
      const load = () => loadModel('baseline', folder.cardFile, modelFiles, () => openBackend(backend));
      const service = new ModelService(systemClock);
      let open = 0;
      const counted = async () => {
        const loaded = await load();
        open++;
        const { session } = loaded;
        const release = async (): Promise<void> => {
          await session.release();
          open--;
        };
        return { ...loaded, session: { ...session, run: session.run.bind(session), release } };
      };
      const runner: Runner<Ask, Said> = {
        get batch() {
          return service.model!.batch;
        },
        run(asks) {
          const model = service.model!;
          for (const ask of asks) ask.version = model.card.version;
          const predictor = predictBaseline(model, settingsWith({ explain: 4 }));
          return predictor.run(asks.map(() => instant(FEATURES)));
        },
      };
      const heard: { place: number; version: string; probability: number; error: Error | null }[] = [];
      const line = new InferenceLine<Ask, Said>(systemClock, 60_000, runner, (ask, outcome) =>
        heard.push({
          ...ask,
          probability: outcome?.said?.probability ?? NaN,
          error: outcome?.error ?? null,
        }),
      );
      let sent = 0;
      const send = (): void => line.submit('s1', { place: sent++, version: '' });
      try {
        service.serve(await counted());
        for (let swap = 1; swap <= SWAPS; swap++) {
          for (let i = 0; i < PER_SWAP; i++) send();
          folder.put(String(swap), meanOf(4, swap % 5));
          const next = await counted();
          for (let i = 0; i < PER_SWAP; i++) send();
          service.serve(next);
        }
        while (heard.length < sent) await new Promise((resolve) => setImmediate(resolve));
        assert.deepEqual(
          heard.map(({ place }) => place),
          Array.from({ length: sent }, (_, place) => place),
        );
        assert.deepEqual(
          heard.flatMap(({ error }) => (error === null ? [] : [error.message])),
          [],
        );
        assert.ok(heard.every(({ probability }) => Math.abs(probability - 0.25) < 1e-6));
        assert.equal(new Set(heard.map(({ version }) => version)).size, SWAPS + 1);
        while (service.sessions > 1) await new Promise((resolve) => setImmediate(resolve));
        assert.equal(open, 1);
        await service.close();
        assert.equal(open, 0);
      } finally {
        folder.remove();
      }
    });
  });
}
