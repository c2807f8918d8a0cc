type Point = readonly [x: number, y: number];

/** Two-dimensional Gaussian kernel density of some data. */
export interface KernelDensity {
  /** Scott's factor, n^(-1/6). */
  readonly factor: number;
  /** Of the kernel: factor^2 times the covariance of the data (divisor n - 1). */
  readonly covariance: readonly [readonly [number, number], readonly [number, number]];
  /** O(n). */
  at(point: Point): number;
}

/** Source: Scott, Multivariate Density Estimation, 1992. The data must not lie on one line. */
export function kernelDensity(data: readonly Point[]): KernelDensity {
  const n = data.length;
  const factor = n ** (-1 / 6);
  const mean = [0, 1].map((axis) => data.reduce((sum, point) => sum + point[axis]!, 0) / n);
  const spread = (a: 0 | 1, b: 0 | 1): number =>
    (factor * factor * data.reduce((sum, point) => sum + (point[a] - mean[a]!) * (point[b] - mean[b]!), 0)) /
    (n - 1);
  const [xx, xy, yy] = [spread(0, 0), spread(0, 1), spread(1, 1)];
  const determinant = xx * yy - xy * xy;
  const scale = 1 / (2 * Math.PI * Math.sqrt(determinant) * n);
  return {
    factor,
    covariance: [
      [xx, xy],
      [xy, yy],
    ],
    at([x, y]) {
      let sum = 0;
      for (const [px, py] of data) {
        const [dx, dy] = [x - px, y - py];
        sum += Math.exp(-0.5 * ((yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / determinant));
      }
      return scale * sum;
    },
  };
}
