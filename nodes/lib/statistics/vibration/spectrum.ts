import { realFourier, type Complex } from './fourier.js';

/** Bins of a one-sided spectrum: bin k stands for k x sampling frequency / samples. */
export interface Spectrum {
  readonly frequencies: Float64Array;
  /** Peak amplitude: a sine of amplitude A on a bin reads A. */
  readonly amplitudes: Float64Array;
  /** Mean square per bin. */
  readonly powers: Float64Array;
}

/** Weight of a one-sided bin: those between 0 and half the sampling frequency stand for two. */
export const sides = (bin: number, samples: number): 1 | 2 => (bin === 0 || 2 * bin === samples ? 1 : 2);

/** The samples minus their mean; exactly zero for a signal that never changes. */
export function centred(samples: Float64Array): Float64Array {
  const first = samples[0] ?? 0;
  // Around the first sample, so that a constant signal leaves no rounding behind.
  let sum = 0;
  for (const x of samples) sum += x - first;
  const mean = sum / samples.length;
  return samples.map((x) => x - first - mean);
}

/**
 * Amplitude and power spectrum of the centred samples under a periodic Hann window. O(N log N).
 * Source: Heinzel, Ruediger, Schilling, Spectrum and spectral density estimation by the DFT, 2002.
 */
export function hannSpectrum(samples: Float64Array, samplingHz: number): Spectrum {
  const n = samples.length;
  const windowed = centred(samples).map((x, i) => x * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / n)));
  const { re, im } = realFourier(windowed);
  const [sum, sumOfSquares] = n > 2 ? [n / 2, (3 * n) / 8] : [n === 2 ? 1 : 0, n === 2 ? 1 : 0];
  const amplitudes = re.map((_, k) => (sides(k, n) * Math.hypot(re[k]!, im[k]!)) / sum);
  const powers = re.map((_, k) => (sides(k, n) * (re[k]! ** 2 + im[k]! ** 2)) / (n * sumOfSquares));
  return { frequencies: re.map((_, k) => (k * samplingHz) / n), amplitudes, powers };
}

/** Bin of the largest value among those whose frequency lies in the band; -1 when all are 0. */
export function largestIn(values: Float64Array, isInside: (bin: number) => boolean): number {
  let largest = -1;
  for (let k = 0; k < values.length; k++)
    if (isInside(k) && values[k]! > 0 && (largest < 0 || values[k]! > values[largest]!)) largest = k;
  return largest;
}

/** Centre of gravity of the power and its spread, Hz, without the zero frequency; null when there is no power. */
export function powerCentre({ frequencies, powers }: Spectrum): { centroid: number; spread: number } | null {
  let [total, moment] = [0, 0];
  for (let k = 1; k < powers.length; k++) {
    total += powers[k]!;
    moment += frequencies[k]! * powers[k]!;
  }
  if (total === 0) return null;
  const centroid = moment / total;
  let squares = 0;
  for (let k = 1; k < powers.length; k++) squares += (frequencies[k]! - centroid) ** 2 * powers[k]!;
  return { centroid, spread: Math.sqrt(squares / total) };
}

/** Sum of the powers from `from` to below `to`, Hz. */
export function bandPower({ frequencies, powers }: Spectrum, from: number, to: number): number {
  let sum = 0;
  for (let k = 0; k < powers.length; k++)
    if (frequencies[k]! >= from && frequencies[k]! < to) sum += powers[k]!;
  return sum;
}

/** Mean square of the centred samples, from their transform without window (Parseval). */
export function totalPower(samples: Float64Array): number {
  const n = samples.length;
  const { re, im } = realFourier(centred(samples));
  let sum = 0;
  for (let k = 0; k < re.length; k++) sum += sides(k, n) * (re[k]! ** 2 + im[k]! ** 2);
  return sum / (n * n);
}

/**
 * RMS of the velocity in a band, mm/s, of an acceleration in m/s^2: integrated in the frequency domain, both limits included.
 * Source: ISO 20816-1.
 */
export function velocityRms(samples: Float64Array, samplingHz: number, from: number, to: number): number {
  const n = samples.length;
  const { re, im }: Complex = realFourier(centred(samples));
  let sum = 0;
  for (let k = 1; k < re.length; k++) {
    const frequency = (k * samplingHz) / n;
    if (frequency < from || frequency > to) continue;
    const turns = 2 * Math.PI * frequency;
    sum += (sides(k, n) * (re[k]! ** 2 + im[k]! ** 2)) / (turns * turns);
  }
  return (1000 * Math.sqrt(sum)) / n;
}
