import type { Quality } from '../lib/quality.js';
import { QUALITIES } from './quality-codes.js';

/** How often each sensor had each quality. */
export class QualityCounts {
  private readonly counts: Float64Array;

  constructor(private readonly sensors: readonly string[]) {
    this.counts = new Float64Array(sensors.length * QUALITIES.length);
  }

  add(qualities: Uint8Array): void {
    for (let sensor = 0; sensor < qualities.length; sensor++)
      this.counts[sensor * QUALITIES.length + qualities[sensor]!]!++;
  }

  report(): Record<string, Partial<Record<Quality, number>>> {
    return Object.fromEntries(
      this.sensors.map((name, sensor) => [
        name,
        Object.fromEntries(
          QUALITIES.map((quality, code): [Quality, number] => [
            quality,
            this.counts[sensor * QUALITIES.length + code]!,
          ]).filter(([, count]) => count > 0),
        ),
      ]),
    );
  }
}
