import { MessageError, ModelError, shown } from '../lib/errors.js';
import { missingInputs } from '../lib/inference/predictor.js';
import type { Sequence } from '../lib/messages.js';

const ADVICE = 'Set features.sequence.channels in the configuration.';

/** Where the model's input of an instant goes, row-major [length][channels] from place `at` on: values are 0 where the mask is. */
export interface SequenceInput {
  readonly values: Float32Array;
  readonly mask: Float32Array;
  readonly at: number;
}

/**
 * Puts a sequence into the order of a model's channels, by name. Of a longer sequence the newest steps are taken.
 * Where the channels are found is worked out once and kept as long as the messages list the same ones.
 */
export class ChannelPicker {
  private sensors: readonly string[] = [];
  private columns: Int32Array = new Int32Array(0);

  constructor(
    private readonly names: readonly string[],
    private readonly length: number,
  ) {}

  /**
   * @throws MessageError MESSAGE_INVALID when the payload is no sequence
   * @throws ModelError FEATURE_MISSING naming the channels it lacks, or telling that it is too short
   */
  pick(sequence: Sequence, { values, mask, at }: SequenceInput): void {
    checkShape(sequence);
    if (!sameNames(sequence.sensors, this.sensors)) this.find(sequence.sensors);
    if (sequence.length < this.length) {
      throw new ModelError(
        'FEATURE_MISSING',
        `the model needs ${this.length} steps, the message has ${sequence.length}. Set features.sequence.length.`,
      );
    }
    const { columns } = this;
    const width = sequence.sensors.length;
    let to = at;
    for (let step = sequence.length - this.length; step < sequence.length; step++) {
      const row = step * width;
      for (let channel = 0; channel < columns.length; channel++, to++) {
        const from = row + columns[channel]!;
        const value = sequence.values[from]!;
        const isMeasured = sequence.mask[from] === 1 && !Number.isNaN(value);
        values[to] = isMeasured ? value : 0;
        mask[to] = isMeasured ? 1 : 0;
      }
    }
  }

  /** The newest measured value of a channel in what the model sees of a sequence; null without one. */
  lastMeasured({ sensors, length, values, mask }: Sequence, channel: number): number | null {
    const column = sensors.indexOf(this.names[channel]!);
    for (let step = length - 1; step >= length - this.length; step--) {
      const at = step * sensors.length + column;
      if (mask[at] === 1 && !Number.isNaN(values[at])) return values[at]!;
    }
    return null;
  }

  private find(sensors: readonly string[]): void {
    const columns = this.names.map((name) => sensors.indexOf(name));
    const missing = this.names.filter((_, i) => columns[i] === -1);
    if (missing.length > 0) throw missingInputs('channels', missing, this.names.length, ADVICE);
    this.columns = Int32Array.from(columns);
    this.sensors = [...sensors];
  }
}

function checkShape({ sensors, length, values, mask }: Sequence): void {
  if (!Array.isArray(sensors) || !Number.isInteger(length)) {
    throw new MessageError(
      'MESSAGE_INVALID',
      `msg.payload: expected a sequence (sensors, length, values, mask), got sensors ${shown(sensors)}, length ` +
        `${shown(length)}. Wire the second output of feature-extract to this node.`,
    );
  }
  const size = sensors.length * length;
  if (!(
    values instanceof Float32Array &&
    mask instanceof Uint8Array &&
    values.length === size &&
    mask.length === size
  )) {
    throw new MessageError(
      'MESSAGE_INVALID',
      `msg.payload: expected values (Float32Array) and mask (Uint8Array) of ${length} x ${sensors.length} numbers. ` +
        'A sequence does not survive JSON: wire feature-extract to this node directly.',
    );
  }
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
