import type { Outputs, Rows } from '../lib/inference/batch-predictor.js';
import type { Sequence } from '../lib/messages.js';
import type { SequenceCard } from '../lib/model-card.js';
import type { ChannelPicker } from './pick-channels.js';

/** Input of a sequence model for several instants, row-major [row][length][channels]. */
export class SequenceRows implements Rows<Sequence> {
  private readonly size: number;
  private readonly values: Float32Array;
  private readonly mask: Float32Array;

  constructor(
    private readonly card: SequenceCard,
    private readonly picker: ChannelPicker,
    count: number,
  ) {
    this.size = card.input.length * card.input.names.length;
    this.values = new Float32Array(count * this.size);
    this.mask = new Float32Array(count * this.size);
  }

  put(row: number, sequence: Sequence): void {
    const at = row * this.size;
    this.picker.pick(sequence, { values: this.values, mask: this.mask, at });
  }

  hideEach(from: number, count: number): void {
    const { size, values, mask } = this;
    const channels = this.card.input.names.length;
    for (let row = 1; row < count; row++) {
      values.copyWithin(row * size, 0, size);
      mask.copyWithin(row * size, 0, size);
    }
    for (let row = 0; row < count; row++)
      for (let at = row * size + from + row; at < (row + 1) * size; at += channels) values[at] = mask[at] = 0;
  }

  feeds(from: number, count: number): Outputs {
    const { sequence, mask, length, names } = this.card.input;
    const dims = [count, length, names.length];
    const part = (all: Float32Array) => all.subarray(from * this.size, (from + count) * this.size);
    return {
      [sequence]: { type: 'float32', data: part(this.values), dims },
      [mask]: { type: 'float32', data: part(this.mask), dims },
    };
  }
}
