import { Replay } from '../../nodes/cast-replay/replay.js';
import type { CastRow } from '../../nodes/cast-replay/row-parser.js';
import { castMs, systemClock } from '../../nodes/lib/clock.js';
import { finding, type Benchmark, type Finding } from './row.js';
import { quantile } from './stopwatch.js';

/** s by the clock that each speed is watched. */
const WATCHED_S = 8;
const UNPACED_READINGS = 200_000;
const ROW = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`sensor_${i}`, i]));

/** How punctually readings leave, and how fast without a pace. */
export const replay: Benchmark = {
  name: 'replay',
  about: 'timing error and jitter at 1x to 1000x against bare timers, readings/s unpaced',
  async run(say) {
    const findings: Finding[] = [];
    for (const speed of [1, 10, 100, 1000]) {
      say(`${speed}x for ${WATCHED_S} s`);
      findings.push(...(await punctuality(speed)));
    }
    say('unpaced');
    const started = performance.now();
    const { sent } = await played(Infinity, UNPACED_READINGS);
    const ours = (1000 * sent) / (performance.now() - started);
    const loopStarted = performance.now();
    for await (const { reading } of rows(UNPACED_READINGS)) if (reading === null) break;
    const reference = (1000 * UNPACED_READINGS) / (performance.now() - loopStarted);
    findings.push(
      finding({ name: 'replay: unpaced', ours, reference, unit: 'readings/s' }, 'reading the rows alone'),
    );
    return findings;
  },
};

async function punctuality(speed: number): Promise<Finding[]> {
  const readings = Math.max(2, WATCHED_S * speed);
  const [ours, timers] = await Promise.all([played(speed, readings), timed(1000 / speed, readings)]);
  const against = 'setTimeout to the same instants';
  return [
    finding(
      {
        name: `replay: ${speed}x, jitter p99`,
        ...{ ours: quantile(ours.lates, 0.99), reference: quantile(timers, 0.99), unit: 'ms' },
      },
      against,
      speed <= 100 ? 'ours < 10 ms' : '',
    ),
    finding(
      {
        name: `replay: ${speed}x, timing error`,
        ours: drift(ours.lates),
        reference: drift(timers),
        unit: '%',
      },
      against,
      'ours < 0.1 %',
    ),
  ];
}

/** How much later the last quarter left than the first, as a share of the time between them, %. */
function drift(lates: readonly number[]): number {
  const quarter = Math.max(1, Math.floor(lates.length / 4));
  const [first, last] = [quantile(lates.slice(0, quarter), 0.5), quantile(lates.slice(-quarter), 0.5)];
  return (100 * Math.abs(last - first)) / (0.75 * WATCHED_S * 1000);
}

/** Replays a cast that is all in memory. @returns how late each reading left, ms after its due instant */
function played(speed: number, readings: number): Promise<{ sent: number; lates: number[] }> {
  return new Promise((resolve, reject) => {
    const lates: number[] = [];
    let sent = 0;
    // The replay's own timers never keep a process alive.
    const alive = setInterval(() => undefined, 1000);
    const output = {
      reading: ({ cast }: { cast: { elapsed: number } }): void => {
        sent++;
        if (speed !== Infinity) lates.push(performance.now() - startedAt - (1000 * cast.elapsed) / speed);
      },
      state: ({ state }: { state: string }): void => {
        if (state !== 'finished') return;
        clearInterval(alive);
        resolve({ sent, lates });
      },
      problem: reject,
    };
    const player = new Replay(systemClock, { speed, loop: false, batch: 50, startOffset: 0 }, output);
    player.load([
      {
        ...{ strand: '1', cast: { id: 'bench' }, duration: null, missingSensors: [], problem: null },
        rows: () => rows(readings),
      },
    ]);
    const startedAt = performance.now();
    player.start();
  });
}

// eslint-disable-next-line @typescript-eslint/require-await -- a cast in memory is read without waiting
async function* rows(count: number): AsyncGenerator<CastRow, void, void> {
  for (let elapsed = 0; elapsed < count; elapsed++)
    yield { elapsed, timestamp: castMs(elapsed * 1000), reading: { ...ROW }, position: undefined };
}

/** What timers alone can do. */
async function timed(everyMs: number, count: number): Promise<number[]> {
  const startedAt = performance.now();
  const lates: number[] = [];
  for (let i = 0; i < count; i++) {
    const wait = startedAt + i * everyMs - performance.now();
    if (wait > 0) await new Promise((resume) => setTimeout(resume, wait));
    lates.push(performance.now() - startedAt - i * everyMs);
  }
  return lates;
}
