import assert from 'node:assert/strict';
import { systemClock, type Clock } from '../../../nodes/lib/clock.js';
import type { BaselineCard } from '../../../nodes/lib/model-card.js';
import type { Golden } from '../../../nodes/onnx-model/golden.js';
import { proveApart } from '../../../nodes/onnx-model/proof-worker.js';
import { backends } from '../../support/backends.js';
import { endlessLoop, meanOf } from '../../support/onnx-bytes.js';
import { FEATURES } from '../../support/model-folder.js';

const card = {
  ...{ kind: 'baseline', name: 'm', version: '1' },
  input: { features: 'features', names: [...FEATURES] },
  output: { probability: 'probability' },
} as unknown as BaselineCard;
const golden = (probability: number): Golden => ({
  tolerance: 1e-5,
  inputs: { features: { dims: [1, 4], data: [0.1, 0.2, 0.3, 0.4] } },
  outputs: { probability: { dims: [1], data: [probability] } },
});
/** A busy machine may take long to start a process; a graph that hangs takes for ever. */
const PATIENCE_MS = 60_000;
/** Of a proof that is never begun. */
const noClock = {} as Clock;

for (const backend of backends) {
  describe(`A proof in a process of its own on ${backend}`, function () {
    this.timeout(2 * PATIENCE_MS);
    const proof = (graph: Uint8Array, vectors: Golden | null = null, withinMs = PATIENCE_MS) =>
      proveApart({ candidate: { card, graph, golden: vectors }, backend }, withinMs, systemClock);

    it('lets a graph through that gives what the training computed, and tells how many rows may share a run', async () =>
      assert.equal(await proof(meanOf(4), golden(0.25)), 32));

    it('lets one through whose rows could not be compared in time, without a word about rows', async () => {
      let timersSet = 0;
      const clock: Clock = {
        ...systemClock,
        after(ms, callback) {
          // The time for the rows, the second one, is up as soon as it begins.
          if (++timersSet === 2) callback();
          return systemClock.after(ms, callback);
        },
      };
      const job = { candidate: { card, graph: meanOf(4), golden: golden(0.25) }, backend };
      assert.equal(await proveApart(job, PATIENCE_MS, clock), null);
    });

    it('refuses one that gives something else, naming the number', () =>
      assert.rejects(proof(meanOf(4), golden(0.3)), {
        code: 'MODEL_INVALID',
        message: /output "probability"\[0\]: expected 0\.3 as in golden\.json, the graph gave 0\.25/,
      }));

    it('refuses one with other inputs than the card', () =>
      assert.rejects(proof(meanOf(5)), { code: 'MODEL_INVALID', message: /input "features"/ }));

    it('refuses what is no graph', () =>
      assert.rejects(proof(Buffer.from('garbage')), { code: 'MODEL_INVALID' }));

    it('kills a graph that loops for ever, while this process goes on', async () => {
      let turns = 0;
      const ticking = setInterval(() => turns++, 5);
      try {
        const message = /did not run within 3 s in a process of its own/;
        await assert.rejects(proof(endlessLoop(4), null, 3000), { code: 'MODEL_SLOW', message });
      } finally {
        clearInterval(ticking);
      }
      // A process that stands still has one turn at the end, and a starved machine few more.
      assert.ok(turns > 1, `${turns} turns of the event loop`);
    });

    it('is given up when nobody waits for it any more', async () => {
      const ending = new AbortController();
      const candidate = { card, graph: endlessLoop(4), golden: null };
      const given = proveApart({ candidate, backend }, PATIENCE_MS, systemClock, ending.signal);
      ending.abort();
      await assert.rejects(given, { code: 'MODEL_FAILED', message: /given up/ });
      await assert.rejects(
        proveApart({ candidate, backend }, PATIENCE_MS, noClock, ending.signal),
        /given up/,
      );
    });
  });
}
