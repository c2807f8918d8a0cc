export interface Eigen {
  /** Descending. */
  readonly values: readonly number[];
  /** Unit vectors in the order of the values, each signed so that its element of largest magnitude is positive. */
  readonly vectors: readonly (readonly number[])[];
}

/** Sweeps after which rotations no longer change anything in float64; six to eight do for 30 columns. */
const MOST_SWEEPS = 60;

/**
 * Eigenvalues and vectors of a symmetric matrix by Jacobi's rotations: slow for hundreds of columns, exact for tens. O(n^3) per sweep.
 * Source: Golub and Van Loan, Matrix Computations, 4th ed., 8.5.
 */
export function symmetricEigen(matrix: readonly (readonly number[])[]): Eigen {
  const a = matrix.map((row) => [...row]);
  const size = a.length;
  const v = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a) > 0; sweep++)
    for (let p = 0; p < size - 1; p++) for (let q = p + 1; q < size; q++) rotate(a, v, p, q);
  const order = a.map((_, i) => i).sort((one, other) => a[other]![other]! - a[one]![one]!);
  return {
    values: order.map((i) => a[i]![i]!),
    vectors: order.map((i) => signed(v.map((row) => row[i]!))),
  };
}

/** Sum of squares beside the diagonal, 0 when it can't change the diagonal any more. */
function offDiagonal(a: readonly (readonly number[])[]): number {
  let [off, on] = [0, 0];
  a.forEach((row, i) => row.forEach((x, j) => (i === j ? (on += x * x) : (off += x * x))));
  return off > on * 1e-32 ? off : 0;
}

function rotate(a: number[][], v: number[][], p: number, q: number): void {
  const apq = a[p]![q]!;
  if (apq === 0) return;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (const row of a) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
  const [rp, rq] = [a[p]!, a[q]!];
  for (let k = 0; k < a.length; k++) [rp[k], rq[k]] = [c * rp[k]! - s * rq[k]!, s * rp[k]! + c * rq[k]!];
  for (const row of v) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
}

function signed(vector: readonly number[]): number[] {
  const largest = vector.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
  return vector.map((x) => (largest < 0 ? -x : x));
}
