/** A replay of made-up rows under a clock that the test turns by hand. */
import type { ReplayCast } from '../../../nodes/cast-replay/cast-reel.js';
import { Replay, type ReplayOptions } from '../../../nodes/cast-replay/replay.js';
import type { ReplayState } from '../../../nodes/cast-replay/replay-state.js';
import type { CastRow, ReadCounts } from '../../../nodes/cast-replay/row-parser.js';
import { castMs } from '../../../nodes/lib/clock.js';
import { FakeClock } from '../../support/fake-clock.js';

export interface Sent {
  readonly strand: string;
  readonly elapsed: number;
  readonly at: number;
}

/** Rows at these seconds of cast time. */
export function castOf(
  strand: string,
  seconds: readonly number[],
  { read = (): Promise<void> => Promise.resolve(), onRead = (): void => undefined } = {},
): ReplayCast {
  return {
    strand,
    cast: { id: `cast-of-${strand}` },
    duration: Math.max(0, ...seconds),
    missingSensors: [],
    problem: null,
    async *rows(counts: ReadCounts): AsyncGenerator<CastRow, void, void> {
      for (const elapsed of seconds) {
        await read();
        counts.rows++;
        onRead();
        yield {
          timestamp: castMs(elapsed * 1000),
          elapsed,
          position: undefined,
          reading: { mold_level: elapsed },
        };
      }
    },
  };
}

export const every = (seconds: number, upTo: number): number[] =>
  Array.from({ length: Math.floor(upTo / seconds) + 1 }, (_, index) => index * seconds);

/** Lets everything that waits for no clock happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export function replaying(casts: readonly ReplayCast[], options: Partial<ReplayOptions> = {}) {
  const clock = new FakeClock();
  const sent: Sent[] = [];
  const states: ReplayState[] = [];
  const problems: string[] = [];
  const replay = new Replay(
    clock,
    { speed: 1, loop: false, batch: 10, startOffset: 0, ...options },
    {
      reading: ({ topic, cast }) => sent.push({ strand: topic, elapsed: cast.elapsed, at: clock.mono() }),
      state: (state) => states.push(state),
      problem: ({ message }) => problems.push(message),
    },
  );
  replay.load(casts);
  return {
    clock,
    replay,
    sent,
    states,
    problems,
    elapsed: () => sent.map(({ elapsed }) => elapsed),
    /** Turns the clock in steps of `stepMs`, reading as it goes. */
    pass: async (seconds: number, stepMs = 100): Promise<void> => {
      for (let ms = 0; ms < seconds * 1000; ms += stepMs) {
        await settle();
        clock.advance(stepMs);
      }
      await settle();
    },
    /** Plays until it is not playing any more. */
    toTheEnd: async (): Promise<void> => {
      for (let turn = 0; turn < 10_000 && replay.state().state === 'playing'; turn++) {
        await settle();
        clock.advance(1000);
      }
    },
  };
}
