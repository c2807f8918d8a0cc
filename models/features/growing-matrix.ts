/** A matrix that rows are added to; memory doubles as it grows. */
export class GrowingMatrix {
  rows = 0;
  private values: Float64Array;

  constructor(readonly columns: number) {
    this.values = new Float64Array(columns * 256);
  }

  /** Adds a row of NaN and says where it begins in `numbers`. */
  addRow(): { readonly numbers: Float64Array; readonly at: number } {
    const at = this.rows * this.columns;
    if (at + this.columns > this.values.length) {
      const larger = new Float64Array(Math.max(2 * this.values.length, at + this.columns));
      larger.set(this.values);
      this.values = larger;
    }
    this.rows++;
    this.values.fill(NaN, at, at + this.columns);
    return { numbers: this.values, at };
  }

  /** All rows, row-major. */
  get numbers(): Float64Array {
    return this.values.subarray(0, this.rows * this.columns);
  }
}
