import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PipelineMessage, Reading } from '../../../nodes/lib/messages.js';
import { bufferSettings } from '../../../nodes/sensor-buffer/buffer-settings.js';
import { SensorBuffer } from '../../../nodes/sensor-buffer/sensor-buffer-core.js';
import { configWith } from '../../support/config.js';
import { reading } from './readings.js';

const SENSORS = [
  { name: 'mold_level', unit: 'mm', range: [0, 90], gap: 'hold', max_gap: 3, stuck_after: 4 },
  { name: 'casting_speed', unit: 'm/min', range: [0, 90], gap: 'interpolate', max_gap: 4, max_rate: 20 },
  { name: 'tc_u1', unit: '°C', range: [0, 90], gap: 'none', spike_sigma: 3 },
];

/** Everything that leaves the buffer: time, values and qualities of each strand. */
function bufferedBy(
  lateness: number,
  messages: readonly PipelineMessage<Reading>[],
): Record<string, string[]> {
  const config = configWith({ sensors: SENSORS, streaming: { lateness } });
  const buffer = new SensorBuffer(bufferSettings(config));
  const sent: Record<string, string[]> = {};
  const output = {
    reading: ({ topic, timestamp, cast, payload, quality }: PipelineMessage<Reading>) =>
      void (sent[topic] ??= []).push(JSON.stringify([timestamp, cast.elapsed, payload, quality])),
  };
  for (const message of messages) buffer.accept({ ...message, payload: { ...message.payload } }, output);
  buffer.flush(output);
  return sent;
}

const value = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null });
/** Steps between readings: mostly the next second, sometimes a fraction, a gap, or an outage. */
const step = fc.oneof(
  { weight: 8, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.constantFrom(0.25, 0.5, 1.5, 2) },
  { weight: 1, arbitrary: fc.integer({ min: 3, max: 300 }) },
);
const castOf = (strand: string): fc.Arbitrary<PipelineMessage<Reading>[]> =>
  fc
    .array(
      fc.record({ step, payload: fc.record({ mold_level: value, casting_speed: value, tc_u1: value }) }),
      {
        minLength: 1,
        maxLength: 60,
      },
    )
    .map((rows) => {
      let second = 1_000_000;
      return rows.map((row) => reading((second += row.step), row.payload, { strand }));
    });

/** A cast ends with readings a second apart: they settle whatever was in doubt before. */
const settledCast = (strand: string): fc.Arbitrary<PipelineMessage<Reading>[]> =>
  castOf(strand).map((messages) => {
    const end = messages.at(-1)!.timestamp / 1000;
    return [...messages, ...[1, 2, 3].map((after) => reading(end + after, {}, { strand }))];
  });

describe('SensorBuffer, whatever the order', () => {
  it('gives the same readings for any order of arrival within the lateness', () => {
    const shuffled = fc
      .tuple(
        settledCast('s1'),
        fc.integer({ min: 1, max: 10 }),
        fc.infiniteStream(fc.constantFrom(0, 0.25, 0.5, 0.75, 1)),
      )
      .map(([messages, lateness, chance]) => {
        const arrivals = messages.map((message) => ({
          message,
          at: message.timestamp + lateness * 1000 * chance.next().value,
        }));
        return {
          messages,
          lateness,
          late: arrivals
            // Of two at once the later one first: the other is then late by all that is allowed.
            .sort((a, b) => a.at - b.at || b.message.timestamp - a.message.timestamp)
            .map(({ message }) => message),
        };
      });
    fc.assert(
      fc.property(shuffled, ({ messages, lateness, late }) => {
        assert.deepEqual(bufferedBy(lateness, late), bufferedBy(lateness, messages));
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same readings however strands are interleaved', () => {
    fc.assert(
      fc.property(
        settledCast('s1'),
        settledCast('s2'),
        fc.infiniteStream(fc.boolean()),
        (one, two, first) => {
          const mixed: PipelineMessage<Reading>[] = [];
          for (let [a, b] = [0, 0]; a < one.length || b < two.length;)
            mixed.push(b >= two.length || (a < one.length && first.next().value) ? one[a++]! : two[b++]!);
          assert.deepEqual(bufferedBy(0, mixed), { ...bufferedBy(0, one), ...bufferedBy(0, two) });
        },
      ),
    );
  });

  it('sends times in order, on the time base, each once, and null or a finite number for every sensor', () => {
    fc.assert(
      fc.property(settledCast('s1'), fc.integer({ min: 0, max: 5 }), (messages, lateness) => {
        let last = -Infinity;
        for (const line of bufferedBy(lateness, messages).s1!) {
          const [time, , payload] = JSON.parse(line) as [number, number, Reading];
          assert.ok(time > last && time % 1000 === 0);
          last = time;
          assert.deepEqual(Object.keys(payload), ['mold_level', 'casting_speed', 'tc_u1']);
        }
      }),
    );
  });

  it('never throws and never sends NaN, whatever times and values come', () => {
    const wild = fc.array(
      fc.record({
        second: fc.oneof(fc.integer({ min: 0, max: 500 }), fc.double({ min: -1e11, max: 1e11, noNaN: true })),
        castId: fc.constantFrom('a', 'b'),
        level: fc.anything(),
      }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(wild, fc.integer({ min: 0, max: 5 }), (rows, lateness) => {
        const messages = rows.map(({ second, castId, level }) =>
          reading(second, { mold_level: level }, { castId }),
        );
        for (const line of bufferedBy(lateness, messages).s1 ?? []) {
          const [, , payload] = JSON.parse(line) as [number, number, Reading];
          assert.ok(Object.values(payload).every((one) => one === null || Number.isFinite(one)));
        }
      }),
      { numRuns: 300 },
    );
  });
});
