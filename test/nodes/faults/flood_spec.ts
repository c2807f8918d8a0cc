import assert from 'node:assert/strict';
import { errorsOf, undeploy, useNodeRed, useUserDir } from '../../support/node-harness.js';
import { pipeline, plantReading, saidBy } from '../../support/pipeline.js';

/** More instants than an inference node lets wait at once (2,048). */
const FLOOD_S = 12_000;
const INSTANTS = FLOOD_S / 5 + 1;

const JUNK: readonly object[] = [
  ...[
    {},
    { payload: null },
    { topic: 's1' },
    { topic: '', payload: {} },
    { topic: 7, timestamp: 1, payload: {} },
  ],
  ...[NaN, Infinity, -1e300, '1', null].map((timestamp) => ({ topic: 's1', timestamp, payload: {} })),
  ...[[], 'text', 7, null, undefined].map((payload) => ({ topic: 's1', timestamp: 1000, payload })),
  ...['', 'no-such', 7, {}, '__proto__', 'toString'].map((command) => ({ command })),
];

describe('a flood of messages', function () {
  this.timeout(120_000);
  useNodeRed();
  useUserDir();

  it('gives one risk per instant, in order; what no model could answer in time says so', async () => {
    const { send, next } = await pipeline();
    for (let second = 0; second <= FLOOD_S; second++) send(plantReading('s1', second));
    const risks = await next(INSTANTS);
    assert.deepEqual(
      risks.map(({ timestamp }) => timestamp),
      Array.from({ length: INSTANTS }, (_, i) => 5000 * i),
    );
    for (const { payload } of risks) {
      assert.ok(payload.probability !== null, 'a model or the rules speak');
      for (const prediction of [payload.baseline, payload.sequence])
        assert.ok(prediction!.probability !== null || prediction!.reason !== undefined);
    }
  });

  it('of messages that are none is refused one by one at each node, and changes no risk', async () => {
    const { send, next, nodeById } = await pipeline();
    const nodes = ['buffer', 'monitor', 'features', 'b', 's', 'e', 'alerts'].map(nodeById);
    for (let second = 0; second <= 100; second++) {
      send(plantReading('clean', second));
      for (const node of nodes) for (const junk of JUNK) node.receive({ ...junk });
    }
    const risks = (await next(21)).map(saidBy);
    assert.ok(errorsOf().length > 100 * JUNK.length);
    for (const error of errorsOf()) assert.match(error, /expected|got|no /, 'words, not a stack');
    for (const error of errorsOf())
      assert.doesNotMatch(error, /undefined is not|Cannot read|is not a function/);
    await undeploy();
    const calm = await pipeline();
    for (let second = 0; second <= 100; second++) calm.send(plantReading('clean', second));
    assert.deepEqual((await calm.next(21)).map(saidBy), risks);
  });
});
