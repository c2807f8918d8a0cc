import assert from 'node:assert/strict';
import fc from 'fast-check';
import { castOf, every, replaying, settle } from './replaying.js';

describe('Replay', () => {
  describe('sends the same at any speed', () => {
    const casts = () => [castOf('a', every(1, 40)), castOf('b', every(0.7, 30)), castOf('c', [5, 5, 3, 9])];

    it('in the order of cast time, strands in turn in a tie', async () => {
      const { replay, sent, toTheEnd } = replaying([castOf('a', [0, 1, 2]), castOf('b', [0, 0.5, 2])], {
        speed: Infinity,
      });
      replay.start();
      await toTheEnd();
      assert.deepEqual(
        sent.map(({ strand, elapsed }) => `${strand}${elapsed}`),
        ['a0', 'b0', 'b0.5', 'a1', 'a2', 'b2'],
      );
    });

    it('whatever the speed, the batch, and the pace at which files are read', async () => {
      const story = async (speed: number, batch: number, slowReads: number): Promise<string[]> => {
        let reads = 0;
        const { replay, sent, toTheEnd } = replaying(casts(), { speed, batch });
        replay.start();
        while (reads++ < slowReads) await settle();
        await toTheEnd();
        return sent.map(({ strand, elapsed }) => `${strand}${elapsed}`);
      };
      const expected = await story(Infinity, 1, 0);
      assert.equal(expected.length, 41 + 43 + 4);
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(1, 3, 60, 1000, Infinity),
          fc.integer({ min: 1, max: 20 }),
          fc.integer({ min: 0, max: 3 }),
          async (speed, batch, slowReads) => assert.deepEqual(await story(speed, batch, slowReads), expected),
        ),
        { numRuns: 15 },
      );
    });
  });

  describe('is bounded', () => {
    it('sends a batch a turn, and lets the flow have the next', async () => {
      const { replay, sent, clock } = replaying([castOf('s1', every(1, 100))], { speed: Infinity, batch: 7 });
      replay.start();
      await settle();
      const turns: number[] = [];
      while (sent.length < 35) {
        clock.turn();
        turns.push(sent.length);
      }
      assert.deepEqual(turns, [7, 14, 21, 28, 35]);
    });

    it('reads ahead a little, however long the cast', async () => {
      let read = 0;
      const { replay, pass } = replaying([castOf('s1', every(1, 100_000), { onRead: () => read++ })]);
      replay.start();
      await pass(5);
      assert.ok(read <= 300, `${read}`);
    });

    it('waits for rows that are read slowly, and does not take others before them', async () => {
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      const { replay, sent, pass } = replaying([
        castOf('a', [0, 1]),
        castOf('b', [0, 1], { read: () => gate }),
      ]);
      replay.start();
      await pass(2);
      assert.equal(sent.length, 0);
      release();
      await pass(2);
      assert.deepEqual(
        sent.map(({ strand, elapsed }) => `${strand}${elapsed}`),
        ['a0', 'b0', 'a1', 'b1'],
      );
    });
  });

  describe('obeys', () => {
    it('pauses, and goes on from there', async () => {
      const { replay, elapsed, pass } = replaying([castOf('s1', every(1, 100))]);
      replay.start();
      await pass(5.5);
      replay.pause();
      await pass(100);
      assert.deepEqual(elapsed().at(-1), 5);
      replay.resume();
      await pass(1);
      assert.deepEqual(elapsed().at(-1), 6);
    });

    it('seeks ahead and back, playing on', async () => {
      const { replay, elapsed, pass } = replaying([castOf('s1', every(1, 100))]);
      replay.start();
      await pass(2.5);
      replay.seek(50);
      await pass(1.5);
      replay.seek(10);
      await pass(1.5);
      assert.deepEqual(elapsed(), [0, 1, 2, 50, 51, 10, 11]);
    });

    it('waits where it was sought to when nothing was playing', async () => {
      const { replay, elapsed, pass } = replaying([castOf('s1', every(1, 100))]);
      replay.seek(50);
      await pass(3);
      const { state, position } = replay.state();
      assert.deepEqual([state, position, elapsed()], ['paused', 50, []], 'and tells where that is');
      replay.start();
      await pass(1.5);
      assert.deepEqual(elapsed(), [50, 51]);
      replay.reset();
      assert.equal(replay.state().position, null);
    });

    it('begins again after a reset, with its counts at zero', async () => {
      const { replay, elapsed, pass } = replaying([castOf('s1', every(1, 100))]);
      replay.start();
      await pass(3.5);
      replay.reset();
      assert.equal(replay.state().sent, 0);
      await pass(1.5);
      assert.deepEqual(elapsed(), [0, 1, 2, 3, 0, 1]);
    });

    it('stops, and starts from the beginning', async () => {
      const { replay, elapsed, pass } = replaying([castOf('s1', every(1, 100))], { startOffset: 20 });
      replay.start();
      await pass(1.5);
      replay.stop();
      await pass(10);
      replay.start();
      await pass(1.5);
      assert.deepEqual(elapsed(), [20, 21, 20, 21]);
    });

    it('loops when every strand has ended, and counts the passes', async () => {
      const { replay, sent, pass } = replaying([castOf('a', [0, 1]), castOf('b', [0, 1, 2])], { loop: true });
      replay.start();
      await pass(3.5);
      assert.deepEqual(sent.map(({ strand, elapsed }) => `${strand}${elapsed}`).slice(0, 7), [
        'a0',
        'b0',
        'a1',
        'b1',
        'b2',
        'a0',
        'b0',
      ]);
      assert.equal(replay.state().passes, 1);
    });

    it('does not loop over casts without a row', async () => {
      const { replay, toTheEnd } = replaying([castOf('a', [])], { loop: true });
      replay.start();
      await toTheEnd();
      assert.equal(replay.state().state, 'finished');
    });

    it('goes on with other casts when they are loaded while it plays', async () => {
      const { replay, sent, pass } = replaying([castOf('a', every(1, 100))]);
      replay.start();
      await pass(2.5);
      replay.load([castOf('b', every(1, 100))]);
      await pass(1.5);
      assert.deepEqual(
        sent.map(({ strand, elapsed }) => `${strand}${elapsed}`),
        ['a0', 'a1', 'a2', 'b0', 'b1'],
      );
    });

    const refused: readonly [
      name: string,
      act: (replay: ReturnType<typeof replaying>['replay']) => void,
      code: string,
    ][] = [
      ['pause while stopped', (replay) => replay.pause(), 'COMMAND_REFUSED'],
      ['resume while stopped', (replay) => replay.resume(), 'COMMAND_REFUSED'],
      ['seek beyond the end', (replay) => replay.seek(101), 'MESSAGE_INVALID'],
      [
        'start with nothing loaded',
        (replay) => {
          replay.load([]);
          replay.start();
        },
        'COMMAND_REFUSED',
      ],
    ];
    for (const [name, act, code] of refused)
      it(`refuses to ${name}`, () => {
        const { replay } = replaying([castOf('s1', every(1, 100))]);
        assert.throws(() => act(replay), { code });
      });
  });

  describe('tells of itself', () => {
    it('at every change, and once a second while it plays', async () => {
      const { replay, states, pass } = replaying([castOf('s1', every(1, 5))]);
      states.length = 0;
      replay.start();
      await pass(3.5);
      replay.pause();
      replay.resume();
      await pass(3.5);
      assert.deepEqual(
        states.map(({ state, position }) => `${state} ${position ?? '-'}`),
        [
          'playing -',
          'playing 0',
          'playing 1',
          'playing 2',
          'paused 3',
          'playing 3',
          'playing 4',
          'finished 5',
        ],
      );
    });

    it('which casts are loaded before they are begun', () => {
      const { replay } = replaying([castOf('a', every(1, 10))]);
      assert.deepEqual(
        replay
          .state()
          .strands.map(({ strand, castId, duration, position }) => [strand, castId, duration, position]),
        [['a', 'cast-of-a', 10, null]],
      );
    });

    it('how far each strand is, and what was skipped', async () => {
      const { replay, pass } = replaying([castOf('a', every(1, 10)), castOf('b', every(1, 20))]);
      replay.start();
      await pass(5.05);
      const { percent, sent, strands } = replay.state();
      assert.deepEqual([percent, sent], [25, 12]);
      assert.deepEqual(
        strands.map(({ strand, position, percent: share }) => [strand, position, share]),
        [
          ['a', 5, 50],
          ['b', 5, 25],
        ],
      );
    });

    it('that a file failed, while the other strands go on', async () => {
      const broken = castOf('a', [0, 1, 2], { read: () => Promise.reject(new Error('disk on fire')) });
      const { replay, problems, elapsed, toTheEnd } = replaying([broken, castOf('b', [0, 1])]);
      replay.start();
      await toTheEnd();
      assert.deepEqual(problems, ['disk on fire']);
      assert.deepEqual(elapsed(), [0, 1]);
      assert.equal(replay.state().strands[0]!.problem, 'disk on fire');
    });

    it('nothing any more once it is closed, and leaves no timer', async () => {
      const { replay, states, elapsed, pass, clock } = replaying([castOf('s1', every(1, 5))]);
      replay.start();
      await pass(2.5);
      replay.close();
      const before = states.length;
      await pass(5);
      assert.equal(states.length, before);
      assert.deepEqual(elapsed(), [0, 1, 2]);
      assert.equal(clock.pending, 0);
    });
  });
});
