import assert from 'node:assert/strict';
import type { BaselineCard } from '../../../nodes/lib/model-card.js';
import type { TensorData } from '../../../nodes/lib/model-node.js';
import type { Loaded } from '../../../nodes/onnx-model/model-loader.js';
import { ModelService } from '../../../nodes/onnx-model/model-service.js';
import { FakeClock } from '../../support/fake-clock.js';

type Outputs = Record<string, TensorData>;

/** A session whose runs end when the test says so. */
function sessionUnderTest() {
  const ends: (() => void)[] = [];
  const log: string[] = [];
  const session = {
    inputs: [],
    outputs: [],
    run: () =>
      new Promise<Outputs>((resolve) => {
        ends.push(() => {
          log.push('run over');
          resolve({});
        });
      }),
    release: () => {
      log.push('released');
      return Promise.resolve();
    },
  };
  const loaded: Loaded = { card: { name: 'm' } as BaselineCard, backend: 'native', session, batch: 1 };
  return { loaded, ends, log };
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('ModelService', () => {
  it('serves once the model is loaded, and tells', () => {
    const service = new ModelService(new FakeClock());
    let told = 0;
    service.onChange(() => told++);
    service.serve(sessionUnderTest().loaded);
    assert.equal(service.model?.card.name, 'm');
    assert.equal(told, 1);
  });

  it('keeps the reason when there is no model', () => {
    const service = new ModelService(new FakeClock());
    service.refuse(new Error('corrupt'));
    assert.equal(service.model, null);
    assert.equal(service.problem?.message, 'corrupt');
  });

  it('releases the session when it closes', async () => {
    const { loaded, log } = sessionUnderTest();
    const service = new ModelService(new FakeClock());
    service.serve(loaded);
    await service.close();
    assert.deepEqual(log, ['released']);
  });

  it('releases a model that comes after it closed, and tells nobody', async () => {
    const { loaded, log } = sessionUnderTest();
    const service = new ModelService(new FakeClock());
    await service.close();
    service.onChange(() => assert.fail('told'));
    service.serve(loaded);
    assert.deepEqual([log, service.model], [['released'], null]);
  });

  it('waits with the release until the runs under way are over', async () => {
    const { loaded, ends, log } = sessionUnderTest();
    const clock = new FakeClock();
    const service = new ModelService(clock);
    service.serve(loaded);
    const run = service.model!.run({});
    const closed = service.close();
    await settled();
    assert.deepEqual(log, []);
    ends[0]!();
    await run;
    await closed;
    assert.deepEqual(log, ['run over', 'released']);
    assert.equal(clock.pending, 0);
  });

  it('closes within a second though a run hangs, and releases when that returns', async () => {
    const { loaded, ends, log } = sessionUnderTest();
    const clock = new FakeClock();
    const service = new ModelService(clock);
    service.serve(loaded);
    void service.model!.run({});
    const closed = service.close();
    clock.advance(1000);
    await closed;
    assert.deepEqual(log, []);
    ends[0]!();
    await settled();
    assert.deepEqual(log, ['run over', 'released']);
  });

  it('tells its users that it closes, so that they hold what comes instead of running it', async () => {
    const service = new ModelService(new FakeClock());
    const { loaded, log } = sessionUnderTest();
    service.serve(loaded);
    const heard: unknown[] = [];
    service.onChange(() => heard.push(service.model, service.problem, log.length));
    await service.close();
    assert.deepEqual(heard, [null, null, 0]);
  });

  it('runs nothing on a released session, whatever lease is taken afterwards', async () => {
    const service = new ModelService(new FakeClock());
    service.serve(sessionUnderTest().loaded);
    const model = service.model!;
    await service.close();
    const end = model.lease!();
    await assert.rejects(model.run({}), /taken out of service/);
    end();
  });

  it('refuses a run after it closed', async () => {
    const service = new ModelService(new FakeClock());
    service.serve(sessionUnderTest().loaded);
    const { model } = service;
    await service.close();
    await assert.rejects(model!.run({}), { code: 'MODEL_FAILED' });
  });

  it('tells that a run failed', async () => {
    const { loaded } = sessionUnderTest();
    const service = new ModelService(new FakeClock());
    const session = { ...loaded.session, run: () => Promise.reject(new Error('out of memory')) };
    service.serve({ ...loaded, session, batch: 1 });
    await assert.rejects(service.model!.run({}), { code: 'MODEL_FAILED', message: /out of memory/ });
  });

  it('goes on with the model in service when another one is refused', () => {
    const service = new ModelService(new FakeClock());
    service.serve(sessionUnderTest().loaded);
    service.refuse(new Error('corrupt'));
    assert.deepEqual([service.model?.card.name, service.problem], ['m', null]);
  });

  describe('with a new model', () => {
    it('ends what runs on the old one there, and releases it then', async () => {
      const [old, next] = [sessionUnderTest(), sessionUnderTest()];
      const service = new ModelService(new FakeClock());
      service.serve(old.loaded);
      const run = service.model!.run({});
      service.serve(next.loaded);
      await settled();
      assert.deepEqual([old.log, service.sessions], [[], 2]);
      old.ends[0]!();
      await run;
      await settled();
      assert.deepEqual([old.log, next.log, service.sessions], [['run over', 'released'], [], 1]);
    });

    it('keeps the old one for a prediction of several runs', async () => {
      const [old, next] = [sessionUnderTest(), sessionUnderTest()];
      const service = new ModelService(new FakeClock());
      service.serve(old.loaded);
      const model = service.model!;
      const end = model.lease!();
      service.serve(next.loaded);
      await settled();
      const second = model.run({});
      old.ends[0]!();
      await second;
      await settled();
      assert.deepEqual(old.log, ['run over']);
      end();
      end();
      await settled();
      assert.deepEqual([old.log, service.sessions], [['run over', 'released'], 1]);
      await assert.rejects(model.run({}), { code: 'MODEL_FAILED' });
    });

    it('serves it though the engine can not release the old one, and tells that when it closes', async () => {
      const [old, next] = [sessionUnderTest(), sessionUnderTest()];
      const release = () => Promise.reject(new Error("can't release session"));
      const service = new ModelService(new FakeClock());
      service.serve({ ...old.loaded, session: { ...old.loaded.session, release } });
      service.serve(next.loaded);
      // A rejection that nobody handled would end the process here.
      await settled();
      assert.deepEqual([service.model?.card.name, service.sessions], ['m', 1]);
      await assert.rejects(service.close(), /can't release session/);
      assert.deepEqual(next.log, ['released']);
    });
  });
});
