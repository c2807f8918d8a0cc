import { castMs, type MonoMs } from '../../nodes/lib/clock.js';
import { numberOrNull, type PipelineMessage, type Reading } from '../../nodes/lib/messages.js';
import { channels, decimalsByChannel } from '../simulator/channels.js';
import type { Cast } from '../simulator/run.js';

/** Somewhere in time; nothing depends on where. */
const START_MS = Date.UTC(2026, 0, 5, 6);

/** The readings of a simulated cast as a replay of its file would send them. */
export function* simulatedReadings({
  plan,
  mold,
  duration,
  strand,
  readings,
}: Cast): Iterable<PipelineMessage<Reading>> {
  const about = { strand: '1', castId: plan.seed, grade: plan.grade, mold: mold.id };
  for (let second = 0; second < duration; second++) {
    const payload: Reading = {};
    for (const channel of channels)
      payload[channel] = numberOrNull(Number(readings[channel][second]!.toFixed(decimalsByChannel[channel])));
    yield {
      topic: '1',
      timestamp: castMs(START_MS + 1000 * second),
      cast: { ...about, elapsed: second, position: strand.position[second]! },
      payload,
      timings: { entry: 0 as MonoMs, stages: {} },
    };
  }
}
