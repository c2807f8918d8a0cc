import assert from 'node:assert/strict';
import { ModelError } from '../../../nodes/lib/errors.js';
import type { BaselineCard } from '../../../nodes/lib/model-card.js';
import type { ModelNews } from '../../../nodes/lib/model-node.js';
import { ModelKeeper, type Checked, type Vet } from '../../../nodes/onnx-model/model-keeper.js';
import { ModelService } from '../../../nodes/onnx-model/model-service.js';
import { FakeClock } from '../../support/fake-clock.js';

/** A disk that holds a version of a model, or a reason why it is none. */
function keeperUnderTest(vets: readonly Vet[] = []) {
  const disk: { version: string | Error } = { version: '1' };
  const news: ModelNews[] = [];
  let looks = 0;
  let isLooking = false;
  const clock = new FakeClock();
  const service = new ModelService(clock);
  const source = {
    async check(except: string | null): Promise<Checked | null> {
      assert.equal(isLooking, false, 'one look at a time');
      isLooking = true;
      looks++;
      const { version } = disk;
      await Promise.resolve();
      isLooking = false;
      if (version instanceof Error) throw version;
      if (version === except) return null;
      const card = { kind: 'baseline', name: 'm', version } as BaselineCard;
      const session = {
        ...{ inputs: [], outputs: [] },
        run: () => Promise.resolve({}),
        release: () => Promise.resolve(),
      };
      return {
        card,
        fingerprint: version,
        open: () => Promise.resolve({ card, backend: 'native' as const, session, batch: 1 }),
      };
    },
  };
  const keeper = new ModelKeeper('baseline', service, source, vets, (told) => void news.push(told), clock);
  const see = async (version: string | Error) => {
    disk.version = version;
    await keeper.look();
    return { version: service.model?.card.version ?? null, news: news.splice(0) };
  };
  return { keeper, service, see, disk, clock, looks: () => looks };
}

describe('ModelKeeper', () => {
  it('takes the first model into service without news', async () => {
    const { see } = keeperUnderTest();
    assert.deepEqual(await see('1'), { version: '1', news: [] });
  });

  it('swaps for what is new on the disk, and tells from what to what', async () => {
    const { see } = keeperUnderTest();
    await see('1');
    const { version, news } = await see('2');
    assert.equal(version, '2');
    assert.deepEqual(news, [
      {
        ...{ event: 'model:reloaded', kind: 'baseline', model: 'm', version: '2', backend: 'native' },
        previous: { model: 'm', version: '1' },
      },
    ]);
  });

  it('does nothing when the files are those it serves', async () => {
    const { see, service } = keeperUnderTest();
    await see('1');
    const { model } = service;
    assert.deepEqual(await see('1'), { version: '1', news: [] });
    assert.equal(service.model, model);
  });

  it('refuses what fails a check with the reason, and goes on with the model it has', async () => {
    const { see } = keeperUnderTest();
    await see('1');
    const { version, news } = await see(new ModelError('MODEL_INVALID', 'no graph'));
    assert.equal(version, '1');
    assert.deepEqual(news, [
      {
        ...{ event: 'model:refused', kind: 'baseline', model: 'm', version: '1' },
        ...{ code: 'MODEL_INVALID', reason: 'no graph' },
      },
    ]);
    assert.equal((await see('2')).version, '2', 'and takes the next good one');
  });

  it('keeps the reason when there is nothing to go on with, and recovers', async () => {
    const { see, service } = keeperUnderTest();
    assert.deepEqual(await see(new ModelError('MODEL_MISSING', 'no file')), { version: null, news: [] });
    assert.equal(service.problem?.message, 'no file');
    assert.equal((await see('1')).version, '1');
    assert.equal(service.problem, null);
  });

  const passing = () => new Promise((resolve) => setImmediate(resolve));

  for (const code of ['MODEL_SLOW', 'MODEL_FAILED'] as const)
    it(`tries again, with growing pauses, what failed for the machine's sake (${code}) while nothing serves`, async () => {
      const { see, disk, clock, looks, service } = keeperUnderTest();
      await see(new ModelError(code, 'the machine is busy'));
      const looksAfter: number[] = [];
      for (let tenth = 1; tenth <= 8; tenth++) {
        clock.advance(10_000);
        await passing();
        looksAfter.push(looks());
      }
      assert.deepEqual(looksAfter, [2, 2, 3, 3, 3, 3, 4, 4]);
      disk.version = '1';
      clock.advance(600_000);
      await passing();
      assert.deepEqual([service.model?.card.version, service.problem, clock.pending], ['1', null, 0]);
    });

  it('does not try again what fails whenever it is tried, nor while a model serves, nor once closed', async () => {
    const slow = new ModelError('MODEL_SLOW', 'the machine is busy');
    const { keeper, see, clock } = keeperUnderTest();
    await see(new ModelError('MODEL_INVALID', 'no graph'));
    assert.equal(clock.pending, 0);
    await see(slow);
    assert.equal(clock.pending, 1);
    await see(new ModelError('MODEL_MISSING', 'no file'));
    assert.equal(clock.pending, 0, 'a file that changed is looked at at once');
    await see('1');
    await see(slow);
    assert.equal(clock.pending, 0);
    keeper.close();

    const other = keeperUnderTest();
    await other.see(slow);
    other.keeper.close();
    assert.equal(other.clock.pending, 0);
  });

  it('plans one further try, however often the files changed while it looked', async () => {
    const { keeper, disk, clock, looks } = keeperUnderTest();
    disk.version = new ModelError('MODEL_SLOW', 'the machine is busy');
    await Promise.all([keeper.look(), keeper.look()]);
    assert.deepEqual([looks(), clock.pending], [2, 1]);
    keeper.close();
    assert.equal(clock.pending, 0);
  });

  it('refuses a model that those who use it cannot work with', async () => {
    const vet: Vet = ({ version }) => {
      if (version === '2') throw new ModelError('FEATURE_MISSING', 'the message lacks 1: e');
    };
    const { see } = keeperUnderTest([vet]);
    await see('1');
    const { version, news } = await see('2');
    assert.deepEqual([version, news[0]!.event], ['1', 'model:refused']);
    assert.equal((await see('3')).version, '3');
  });

  it('looks once more when the disk changed during a look, and not once per change', async () => {
    const { keeper, disk, looks, service } = keeperUnderTest();
    const first = keeper.look();
    disk.version = '2';
    await Promise.all([first, keeper.look(), keeper.look(), keeper.look()]);
    assert.deepEqual([looks(), service.model?.card.version], [2, '2']);
  });

  it('serves nothing after it was closed', async () => {
    const { keeper, service } = keeperUnderTest();
    const look = keeper.look();
    keeper.close();
    await look;
    assert.equal(service.model, null);
  });
});
