import type { PipelineMessage, Reading } from '../lib/messages.js';

/** One instant of the regular time base on its way out. Recycled by its owner. */
export class RegularRow {
  timeMs = 0;
  /** The reading that carries the row on; null where none fell. */
  message: PipelineMessage<Reading> | null = null;
  readonly values: Float64Array;
  readonly qualities: Uint8Array;

  constructor(sensors: number) {
    this.values = new Float64Array(sensors);
    this.qualities = new Uint8Array(sensors);
  }
}
