import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FeatureEngine } from '../../../nodes/feature-extract/feature-engine.js';
import { planFeatures } from '../../../nodes/feature-extract/feature-plan.js';
import { castMs, monoMs } from '../../../nodes/lib/clock.js';
import type { PipelineMessage, Reading } from '../../../nodes/lib/messages.js';
import { bufferSettings } from '../../../nodes/sensor-buffer/buffer-settings.js';
import { SensorBuffer } from '../../../nodes/sensor-buffer/sensor-buffer-core.js';
import { configWith } from '../../support/config.js';

const LATENESS_S = 4;
const config = configWith({
  streaming: { inference_interval: 3, lateness: LATENESS_S },
  sensors: [
    { name: 'mold_level', unit: 'mm', range: [0, 200], gap: 'hold', max_gap: 2 },
    { name: 'casting_speed', unit: 'm/min', range: [0, 3], gap: 'none' },
  ],
  features: {
    windows: [5, 20],
    statistics: ['mean', 'std', 'slope', 'median', 'deviation', 'acf1'],
    derived: [{ name: 'level_per_speed', expression: 'mold_level / casting_speed' }],
    correlations: [{ pair: ['mold_level', 'casting_speed'], windows: [20] }],
    sequence: { length: 6, channels: ['mold_level.deviation', 'casting_speed'] },
  },
});

/** Everything that buffer and features make of these readings, strand by strand. */
function computed(readings: readonly PipelineMessage<Reading>[]): Record<string, string[]> {
  const buffer = new SensorBuffer(bufferSettings(config));
  const engine = new FeatureEngine(planFeatures(config));
  const made: Record<string, string[]> = {};
  const output = {
    reading(message: PipelineMessage<Reading>): void {
      if (engine.accept(message) !== 'due') return;
      const strand = engine.of(message.topic);
      const { values, mask } = strand.snapshot();
      (made[message.topic] ??= []).push(
        JSON.stringify([message.timestamp, strand.features(), [...values], [...mask]]),
      );
    },
  };
  for (const message of readings) buffer.accept({ ...message, payload: { ...message.payload } }, output);
  buffer.flush(output);
  return made;
}

const level = fc.option(fc.double({ min: 80, max: 120, noNaN: true }), { nil: null });
const speed = fc.option(fc.double({ min: 0, max: 2, noNaN: true }), { nil: null });
const row = fc.tuple(level, speed, fc.constantFrom(1, 1, 1, 1, 2, 5));

const story = (strand: string): fc.Arbitrary<PipelineMessage<Reading>[]> =>
  fc.array(row, { minLength: 10, maxLength: 60 }).map((rows) => {
    let second = 1000;
    return rows.map(([mold_level, casting_speed, step]) => ({
      topic: strand,
      timestamp: castMs((second += step) * 1000),
      cast: { strand, castId: 'c', elapsed: second - 1000 },
      payload: { mold_level, casting_speed },
      timings: { entry: monoMs(0), stages: {} },
    }));
  });

/** The same readings, each arriving up to the lateness after its time; the first settles where the strand begins. */
const arriving = (readings: readonly PipelineMessage<Reading>[], delays: readonly number[]) =>
  readings
    .map((message, i) => ({
      message,
      at: message.timestamp + (i === 0 ? 0 : 1000 * delays[i % delays.length]!),
    }))
    .sort((one, other) => one.at - other.at)
    .map(({ message }) => message);

describe('features, whatever the order of arrival', () => {
  it('are the same for any order within the lateness, and however strands are interleaved', () => {
    const delays = fc.array(fc.double({ min: 0, max: LATENESS_S, noNaN: true }), {
      minLength: 7,
      maxLength: 60,
    });
    fc.assert(
      fc.property(story('a'), story('b'), delays, fc.array(fc.boolean()), (a, b, late, turns) => {
        const queues = [arriving(a, late), arriving(b, late)];
        const mixed: PipelineMessage<Reading>[] = [];
        for (const turn of turns) mixed.push(...queues[turn ? 1 : 0]!.splice(0, 1));
        mixed.push(...queues[0]!, ...queues[1]!);
        assert.deepEqual(computed(mixed), { ...computed(a), ...computed(b) });
      }),
    );
  });
});
