import assert from 'node:assert/strict';
import { castOf, every, replaying, settle } from './replaying.js';

describe('Replay keeps its schedule', () => {
  for (const speed of [0.1, 1, 7, 60, 1000])
    it(`sends each reading when it is due at ${speed}x, with no drift`, async () => {
      const { replay, sent, pass } = replaying([castOf('s1', every(1, 200))], { speed, batch: 1000 });
      replay.start();
      await pass(200 / speed + 1, Math.max(10, 1000 / speed));
      assert.equal(sent.length, 201);
      for (const { elapsed, at } of sent)
        assert.ok(Math.abs(at - (elapsed * 1000) / speed) < 1e-6, `${elapsed} at ${at}`);
    });

  it('changes its speed from where it is', async () => {
    const { replay, sent, pass } = replaying([castOf('s1', every(1, 100))]);
    replay.start();
    await pass(10.5);
    replay.setSpeed(10);
    await pass(5);
    assert.deepEqual(
      sent.slice(9, 13).map(({ at }) => Math.round(at)),
      [9000, 10_000, 10_550, 10_650],
    );
  });

  it('goes from unpaced to paced without a jump', async () => {
    const { replay, sent, pass, clock } = replaying([castOf('s1', every(1, 100))], {
      speed: Infinity,
      batch: 5,
    });
    replay.start();
    await settle();
    clock.turn();
    replay.setSpeed(1);
    await pass(2.5);
    assert.deepEqual(
      sent.map(({ elapsed, at }) => `${elapsed} at ${at}`),
      ['0 at 0', '1 at 0', '2 at 0', '3 at 0', '4 at 0', '5 at 1000', '6 at 2000'],
    );
  });

  it('catches up after a short stall', async () => {
    const { replay, elapsed, pass, clock } = replaying([castOf('s1', every(0.1, 100))]);
    replay.start();
    await pass(1);
    clock.stall(900);
    await pass(0.1);
    assert.equal(elapsed().at(-1), 2);
    assert.equal(replay.state().timing.slippedMs, 0);
  });

  it('slips after a long one, instead of a flood, and tells by how much', async () => {
    const { replay, pass, clock, sent } = replaying([castOf('s1', every(1, 10_000))], { speed: 100 });
    replay.start();
    await pass(1, 10);
    const before = sent.length;
    await settle();
    clock.stall(60_000);
    await pass(0.01, 10);
    assert.ok(sent.length - before <= 110, `${sent.length - before}`);
    assert.ok(replay.state().timing.slippedMs > 58_000);
  });

  it('measures what it is late by', async () => {
    const { replay, pass } = replaying([castOf('s1', every(1, 100))]);
    replay.start();
    await pass(50);
    const { rows, errorMs, jitterMs, worstMs } = replay.state().timing;
    assert.deepEqual([rows, errorMs, jitterMs, worstMs], [51, 0, 0, 0]);
  });
});
