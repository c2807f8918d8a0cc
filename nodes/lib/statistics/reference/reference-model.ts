import { chiSquareQuantile, fQuantile, normalQuantile } from './quantile-functions.js';
import { symmetricEigen } from './symmetric-eigen.js';

type Row = readonly number[];

/** Principal components of a baseline, to tell whether other data still look like it. */
export interface ReferenceModel {
  readonly rows: number;
  readonly mean: Row;
  /** Standard deviation with divisor n. */
  readonly scale: Row;
  /** Of the covariance of the standardised baseline (divisor n - 1), descending. */
  readonly eigenvalues: Row;
  readonly loadings: readonly Row[];
}

/** Source: Jackson, A User's Guide to Principal Components, 1991. A column that never changes must be left out before. */
export function referenceModel(baseline: readonly Row[]): ReferenceModel {
  const rows = baseline.length;
  const columns = baseline[0]!.map((_, j) => baseline.map((row) => row[j]!));
  const mean = columns.map((column) => sum(column) / rows);
  const scale = columns.map((column, j) => Math.sqrt(sum(column.map((x) => (x - mean[j]!) ** 2)) / rows));
  const z = columns.map((column, j) => column.map((x) => (x - mean[j]!) / scale[j]!));
  const covariance = z.map((a) => z.map((b) => sum(a.map((x, i) => x * b[i]!)) / (rows - 1)));
  const { values, vectors } = symmetricEigen(covariance);
  return { rows, mean, scale, eigenvalues: values, loadings: vectors };
}

export interface Distances {
  readonly scores: readonly Row[];
  /** Hotelling's T2: how far out along the kept components. */
  readonly t2: Row;
  /** Squared prediction error: how far off the kept components. */
  readonly spe: Row;
}

/** Distances of rows from a model of which `kept` components are kept. */
export function distances(model: ReferenceModel, kept: number, data: readonly Row[]): Distances {
  const { mean, scale, eigenvalues, loadings } = model;
  const scores: Row[] = [];
  const t2: number[] = [];
  const spe: number[] = [];
  for (const row of data) {
    const rest = row.map((x, j) => (x - mean[j]!) / scale[j]!);
    const own = loadings.slice(0, kept).map((loading) => sum(loading.map((weight, j) => weight * rest[j]!)));
    own.forEach((score, i) => loadings[i]!.forEach((weight, j) => (rest[j]! -= score * weight)));
    scores.push(own);
    t2.push(sum(own.map((score, i) => score ** 2 / eigenvalues[i]!)));
    spe.push(sum(rest.map((x) => x * x)));
  }
  return { scores, t2, spe };
}

export interface Limits {
  readonly t2_chi2: number;
  readonly t2_f: number;
  readonly spe_jm: number;
  readonly spe_box: number;
}

/** Sums of the powers 1 to 3 of the eigenvalues left out, and the exponent of the SPE's normal approximation. */
export function residualShape({ eigenvalues }: ReferenceModel, kept: number): { theta: Row; h0: number } {
  const theta = [1, 2, 3].map((power) => sum(eigenvalues.slice(kept).map((value) => value ** power)));
  const [t1 = 0, t2 = 0, t3 = 0] = theta;
  return { theta, h0: 1 - (2 * t1 * t3) / (3 * t2 * t2) };
}

/**
 * Limits that a share `level` of normal rows stays below.
 * Source: T2: Tracy, Young, Mason, J. Quality Technology 24(2), 1992; SPE: Jackson and Mudholkar, Technometrics 21(3), 1979; Box, Ann. Math. Stat. 25, 1954.
 */
export function limits(model: ReferenceModel, kept: number, level: number): Limits {
  const { rows: n } = model;
  const { theta, h0 } = residualShape(model, kept);
  const [t1 = 0, t2 = 0] = theta;
  const z = normalQuantile(level);
  const inner = (z * Math.sqrt(2 * t2 * h0 * h0)) / t1 + 1 + (t2 * h0 * (h0 - 1)) / (t1 * t1);
  return {
    t2_chi2: chiSquareQuantile(level, kept),
    t2_f: ((kept * (n * n - 1)) / (n * (n - kept))) * fQuantile(level, kept, n - kept),
    spe_jm: t1 * inner ** (1 / h0),
    spe_box: (t2 / t1) * chiSquareQuantile(level, (t1 * t1) / t2),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);
