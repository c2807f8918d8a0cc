import { inverseFourier, realFourier } from './fourier.js';
import { centred } from './spectrum.js';

/**
 * Envelope of a band: everything outside is cut off, what remains becomes the magnitude of its analytic signal. A bearing that
 * is hit at its fault frequency rings in the band, and the envelope shows the hits. Both limits, Hz, are included. O(N log N).
 * Source: Gabor, J. IEE 93, 1946; McFadden and Smith, Tribology International 17(1), 1984.
 */
export function envelope(samples: Float64Array, samplingHz: number, from: number, to: number): Float64Array {
  const n = samples.length;
  const { re, im } = realFourier(centred(samples));
  const analytic = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let k = 0; k < re.length; k++) {
    const frequency = (k * samplingHz) / n;
    if (frequency < from || frequency > to) continue;
    const isMiddle = k === 0 || 2 * k === n;
    // What a real signal holds at its two ends is real.
    analytic.re[k] = isMiddle ? re[k]! : 2 * re[k]!;
    analytic.im[k] = isMiddle ? 0 : 2 * im[k]!;
  }
  const signal = inverseFourier(analytic);
  return signal.re.map((x, i) => Math.hypot(x, signal.im[i]!));
}
