import type { PhysicsInput } from './physics.js';

/**
 * How far each thermocouple is from its usual level, beyond what its whole row is: a sticker or a crack touches one or two columns,
 * speed and superheat all of them.
 */
export class RowContrast {
  /** Each column's departure from its usual level minus the row's mean departure, °C; NaN where missing. */
  readonly contrasts: Float64Array;
  /** Mean departure of the row, °C; NaN below two columns. */
  departure = NaN;

  constructor(private readonly columns: readonly number[]) {
    this.contrasts = new Float64Array(columns.length).fill(NaN);
  }

  update({ values, usual }: PhysicsInput): void {
    let sum = 0;
    let count = 0;
    for (let column = 0; column < this.columns.length; column++) {
      const index = this.columns[column]!;
      const departure = values[index]! - usual[index]!;
      this.contrasts[column] = departure;
      if (departure === departure) {
        sum += departure;
        count++;
      }
    }
    this.departure = count < 2 ? NaN : sum / count;
    for (let column = 0; column < this.contrasts.length; column++) this.contrasts[column]! -= this.departure;
  }

  /** Mean contrast of the left half minus that of the right half; NaN when a half has no column. */
  get asymmetry(): number {
    const half = this.contrasts.length >> 1;
    return this.meanOf(0, half) - this.meanOf(this.contrasts.length - half, this.contrasts.length);
  }

  private meanOf(from: number, to: number): number {
    let sum = 0;
    let count = 0;
    for (let column = from; column < to; column++) {
      const contrast = this.contrasts[column]!;
      if (contrast === contrast) {
        sum += contrast;
        count++;
      }
    }
    return count === 0 ? NaN : sum / count;
  }
}

/** The larger of two, taking the one that is there when the other is missing. */
export const largerOf = (a: number, b: number): number => (a !== a || b > a ? b : a);
