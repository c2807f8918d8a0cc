import { castMs, type MonoMs } from '../lib/clock.js';
import type { CastInfo, PipelineMessage, Reading } from '../lib/messages.js';
import type { Quality, QualityBySensor } from '../lib/quality.js';
import { GOOD, QUALITIES } from './quality-codes.js';
import type { RegularRow } from './regular-row.js';

/** Missing and bad values are `null`. */
export function payloadOf({ values }: RegularRow, sensors: readonly string[]): Reading {
  const payload: Reading = {};
  for (let sensor = 0; sensor < sensors.length; sensor++) {
    const value = values[sensor]!;
    payload[sensors[sensor]!] = Number.isNaN(value) ? null : value;
  }
  return payload;
}

/** The sensors that are not good. */
export function qualityOf({ qualities }: RegularRow, sensors: readonly string[]): QualityBySensor {
  const quality: Record<string, Quality> = {};
  for (let sensor = 0; sensor < sensors.length; sensor++)
    if (qualities[sensor] !== GOOD) quality[sensors[sensor]!] = QUALITIES[qualities[sensor]!]!;
  return quality;
}

/** Makes the message that brought a row carry the row on. The same object: whatever else the flow attached travels along. */
export function regularMessage(
  message: PipelineMessage<Reading>,
  row: RegularRow,
  sensors: readonly string[],
): PipelineMessage<Reading> {
  message.timestamp = castMs(row.timeMs);
  message.payload = payloadOf(row, sensors);
  message.quality = qualityOf(row, sensors);
  return message;
}

/** A message for a row that no reading brought. */
export function messageOf(
  row: RegularRow,
  cast: CastInfo,
  entry: MonoMs,
  sensors: readonly string[],
): PipelineMessage<Reading> {
  return {
    topic: cast.strand,
    timestamp: castMs(row.timeMs),
    cast,
    payload: payloadOf(row, sensors),
    quality: qualityOf(row, sensors),
    timings: { entry, stages: {} },
  };
}
