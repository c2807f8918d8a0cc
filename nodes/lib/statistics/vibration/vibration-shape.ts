/** Time-domain features of a vibration signal, in its unit; null where one is not defined. */
export interface VibrationShape {
  readonly mean: number;
  readonly rms: number;
  readonly peak: number;
  readonly peakToPeak: number;
  /** peak / rms */
  readonly crest: number | null;
  /** M4 / M2^2: 3 for Gaussian noise, rises with impacts. */
  readonly kurtosis: number | null;
  readonly skewness: number | null;
  /** rms / mean |x| */
  readonly shape: number | null;
  /** peak / mean |x| */
  readonly impulse: number | null;
  /** peak / (mean sqrt |x|)^2 */
  readonly clearance: number | null;
}

/**
 * O(N), two passes. A signal that never changes has no kurtosis and no skewness; one of zeros has no ratios.
 * Source: ISO 13373-1; Randall, Vibration-based Condition Monitoring, 2011.
 */
export function vibrationShape(samples: Float64Array): VibrationShape {
  const n = samples.length;
  let [sum, squares, absolutes, roots] = [0, 0, 0, 0];
  let [least, greatest] = [Infinity, -Infinity];
  for (const x of samples) {
    const size = Math.abs(x);
    sum += x;
    squares += x * x;
    absolutes += size;
    roots += Math.sqrt(size);
    if (x < least) least = x;
    if (x > greatest) greatest = x;
  }
  const isConstant = least === greatest;
  const mean = isConstant ? least : sum / n;
  const peak = Math.max(Math.abs(least), Math.abs(greatest));
  const rms = isConstant ? peak : Math.sqrt(squares / n);
  const ratio = (whole: number, part: number): number | null =>
    peak === 0 ? null : isConstant ? 1 : whole / part;
  let [m2, m3, m4] = [0, 0, 0];
  for (const x of samples) {
    const d = x - mean;
    m2 += d * d;
    m3 += d * d * d;
    m4 += d * d * d * d;
  }
  [m2, m3, m4] = [m2 / n, m3 / n, m4 / n];
  return {
    ...{ mean, rms, peak },
    peakToPeak: greatest - least,
    crest: ratio(peak, rms),
    kurtosis: isConstant ? null : m4 / (m2 * m2),
    skewness: isConstant ? null : m3 / (m2 * Math.sqrt(m2)),
    shape: ratio(rms, absolutes / n),
    impulse: ratio(peak, absolutes / n),
    clearance: ratio(peak, (roots / n) ** 2),
  };
}
