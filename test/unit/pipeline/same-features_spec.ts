import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Replay } from '../../../nodes/cast-replay/replay.js';
import { FeatureEngine } from '../../../nodes/feature-extract/feature-engine.js';
import { planFeatures } from '../../../nodes/feature-extract/feature-plan.js';
import { castMs } from '../../../nodes/lib/clock.js';
import type { PipelineMessage, Reading } from '../../../nodes/lib/messages.js';
import { bufferSettings } from '../../../nodes/sensor-buffer/buffer-settings.js';
import { SensorBuffer } from '../../../nodes/sensor-buffer/sensor-buffer-core.js';
import { configWith } from '../../support/config.js';
import { FakeClock } from '../../support/fake-clock.js';

const LATENESS = 4;
const CONFIG = configWith({
  sensors: [
    { name: 'mold_level', unit: 'mm', range: [0, 95], gap: 'hold', stuck_after: 3 },
    { name: 'casting_speed', unit: 'm/min', range: [0, 95], gap: 'interpolate', max_rate: 30 },
  ],
  features: { windows: [5, 20], statistics: ['mean', 'std', 'slope', 'median', 'acf1'] },
  streaming: { lateness: LATENESS, inference_interval: 5 },
});
const STRANDS = ['s1', 's2'];

type Row = readonly [step: number, level: number | null, speed: number | null];
const START_S = 1_772_434_800;

function messagesOf(strand: string, rows: readonly Row[]): PipelineMessage<Reading>[] {
  let second = 0;
  return rows.map(([step, mold_level, casting_speed]) => {
    second += step;
    return {
      topic: strand,
      timestamp: castMs((START_S + second) * 1000),
      cast: { strand, castId: 'c1', elapsed: second },
      payload: { mold_level, casting_speed },
      timings: { entry: new FakeClock().mono(), stages: {} },
    };
  });
}

/** Every digit, and the sign of zero; the bits of a NaN are the processor's own business. */
const exactly = (number: number): string => (Object.is(number, -0) ? '-0' : String(number));

/** All features of each strand, to the bit, of readings that arrive in this order. */
function featuresOf(messages: readonly PipelineMessage<Reading>[]): Record<string, string[]> {
  const plan = planFeatures(CONFIG);
  const engine = new FeatureEngine(plan);
  const buffer = new SensorBuffer(bufferSettings(CONFIG));
  const features: Record<string, string[]> = {};
  const numbers = new Float64Array(plan.names.length);
  const output = {
    reading(message: PipelineMessage<Reading>): void {
      if (engine.accept(message) !== 'due') return;
      engine.of(message.topic).write(numbers, 0);
      (features[message.topic] ??= []).push([message.timestamp, ...Array.from(numbers, exactly)].join(' '));
    },
  };
  for (const message of messages) buffer.accept({ ...message, payload: { ...message.payload } }, output);
  buffer.flush(output);
  return features;
}

/** The readings of these casts as a replay sends them at this speed. */
async function replayed(casts: Readonly<Record<string, readonly Row[]>>, speed: number, batch: number) {
  const clock = new FakeClock();
  const sent: PipelineMessage<Reading>[] = [];
  const output = {
    reading: (message: PipelineMessage<Reading>) => void sent.push(message),
    state: () => undefined,
    problem: assert.ifError,
  };
  const replay = new Replay(clock, { speed, batch, loop: false, startOffset: 0 }, output);
  replay.load(
    Object.entries(casts).map(([strand, rows]) => ({
      strand,
      cast: { id: 'c1' },
      duration: null,
      missingSensors: [],
      problem: null,
      async *rows() {
        for (const { timestamp, cast, payload } of messagesOf(strand, rows))
          yield await Promise.resolve({
            timestamp,
            elapsed: cast.elapsed,
            position: undefined,
            reading: payload,
          });
      },
    })),
  );
  replay.start();
  while (replay.state().state === 'playing') {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(500);
  }
  return sent;
}

const value = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null, freq: 8 });
const step = fc.oneof(
  { weight: 12, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.constantFrom(0.5, 2, 3.5, 12, 90) },
);
/** Ends with readings a second apart, which settle whatever is in doubt. */
const rows = fc
  .array(fc.tuple(step, value, value), { minLength: 20, maxLength: 80 })
  .map((some): Row[] => [...some, [1, 50, 1], [1, 51, 1], [1, 52, 1]]);
const casts = fc.record({ s1: rows, s2: rows });

describe('the same cast gives the same features, to the bit', () => {
  it('at any speed of the replay and any batch, unpaced too', async () => {
    await fc.assert(
      fc.asyncProperty(
        casts,
        fc.constantFrom(1, 17, 60, 1000, Infinity),
        fc.integer({ min: 1, max: 50 }),
        async (wanted, speed, batch) => {
          const expected = featuresOf(
            STRANDS.flatMap((strand) => messagesOf(strand, wanted[strand as 's1'])),
          );
          assert.ok(expected.s1!.length > 2);
          assert.deepEqual(featuresOf(await replayed(wanted, speed, batch)), expected);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('in any order of arrival within the lateness, strands interleaved in any way', () => {
    fc.assert(
      fc.property(
        casts,
        fc.infiniteStream(fc.constantFrom(0, 0.5, 1)),
        fc.integer({ min: -50, max: 50 }),
        (wanted, chance, lead) => {
          const messages = STRANDS.flatMap((strand) => messagesOf(strand, wanted[strand as 's1']));
          const arrivals = messages.map((message) => ({
            message,
            at:
              message.timestamp +
              1000 * (LATENESS * chance.next().value! + (message.topic === 's2' ? lead : 0)),
          }));
          arrivals.sort((a, b) => a.at - b.at || b.message.timestamp - a.message.timestamp);
          assert.deepEqual(featuresOf(arrivals.map(({ message }) => message)), featuresOf(messages));
        },
      ),
      { numRuns: 100 },
    );
  });
});
