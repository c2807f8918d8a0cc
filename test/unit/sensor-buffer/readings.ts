import type { BufferEvent } from '../../../nodes/sensor-buffer/buffer-report.js';
import { bufferSettings } from '../../../nodes/sensor-buffer/buffer-settings.js';
import { SensorBuffer } from '../../../nodes/sensor-buffer/sensor-buffer-core.js';
import { castMs, monoMs } from '../../../nodes/lib/clock.js';
import type { PipelineMessage, Reading } from '../../../nodes/lib/messages.js';
import { configWith } from '../../support/config.js';

/** A reading at `seconds` of cast time. */
export const reading = (
  seconds: number,
  payload: Readonly<Record<string, unknown>> = { mold_level: 100 + seconds },
  { strand = 's1', castId = 'c1' } = {},
): PipelineMessage<Reading> => ({
  topic: strand,
  timestamp: castMs(seconds * 1000),
  cast: { strand, castId, elapsed: seconds },
  payload: { ...payload } as Reading,
  timings: { entry: monoMs(0), stages: {} },
});

/** What left the buffer: `second:value quality`, `-` for null; good is not told. */
export function told(
  { timestamp, payload, quality }: PipelineMessage<Reading>,
  sensor = 'mold_level',
): string {
  const value = payload[sensor];
  const found = quality?.[sensor];
  return `${timestamp / 1000}:${value ?? '-'}${found === undefined ? '' : ` ${found}`}`;
}

/** A buffer for one sensor, and what it sent. */
export function bufferFor(
  sensor: Readonly<Record<string, unknown>> = {},
  streaming: Readonly<Record<string, unknown>> = {},
) {
  const config = configWith({
    sensors: [{ name: 'mold_level', unit: 'mm', range: [0, 1000], ...sensor }],
    streaming,
  });
  const buffer = new SensorBuffer(bufferSettings(config));
  const sent: PipelineMessage<Reading>[] = [];
  const events: BufferEvent[] = [];
  const output = {
    reading: (message: PipelineMessage<Reading>) => void sent.push({ ...message }),
    event: (_strand: string, event: BufferEvent) => void events.push(event),
  };
  return {
    buffer,
    sent,
    events,
    output,
    accept: (...messages: PipelineMessage<Reading>[]) =>
      messages.forEach((one) => buffer.accept(one, output)),
    flush: () => buffer.flush(output),
    told: () => sent.map((message) => told(message)),
    report: () => buffer.report()[0]!,
  };
}

/** Plays `1 2 4` (seconds), or `1=90 2=- 3=x` (second = value, `-` for null, `x` for a text, nothing for no value). */
export const readingsIn = (story: string): PipelineMessage<Reading>[] =>
  story.split(' ').map((word) => {
    const [second, value] = word.split('=');
    if (value === undefined) return reading(Number(second));
    const told = value === '-' ? null : value === 'x' ? 'hot' : value === '' ? undefined : Number(value);
    return reading(Number(second), told === undefined ? {} : { mold_level: told });
  });
