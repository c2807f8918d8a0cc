/** A complex sequence as two arrays of the same length. */
export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Discrete Fourier transform of any length, unscaled: X_k = sum x_n exp(-2 pi i k n / N).
 * Lengths that are powers of two by Cooley and Tukey's method, others as a convolution of such a length.
 * O(N log N). Source: Cooley and Tukey, Mathematics of Computation 19, 1965; Bluestein, IEEE Trans. Audio Electroacoust. 18(4), 1970.
 */
export function fourier({ re, im }: Complex): Complex {
  const length = re.length;
  if (length <= 1) return { re: re.slice(), im: im.slice() };
  return (length & (length - 1)) === 0 ? powerOfTwo(re.slice(), im.slice()) : bluestein(re, im);
}

/** The way back, scaled by 1 / N. */
export function inverseFourier({ re, im }: Complex): Complex {
  // Swapping the parts before and after turns the forward transform into the inverse.
  const { re: im2, im: re2 } = fourier({ re: im, im: re });
  const length = re.length;
  return { re: re2.map((value) => value / length), im: im2.map((value) => value / length) };
}

/** The transform of real samples: the bins from 0 to half the sampling frequency. */
export function realFourier(samples: Float64Array): Complex {
  const { re, im } = fourier({ re: samples, im: new Float64Array(samples.length) });
  const bins = (samples.length >> 1) + 1;
  return { re: re.subarray(0, bins), im: im.subarray(0, bins) };
}

function powerOfTwo(re: Float64Array, im: Float64Array): Complex {
  const length = re.length;
  reverseBits(re, im);
  const cos = new Float64Array(length / 2);
  const sin = new Float64Array(length / 2);
  for (let i = 0; i < length / 2; i++) {
    cos[i] = Math.cos((2 * Math.PI * i) / length);
    sin[i] = -Math.sin((2 * Math.PI * i) / length);
  }
  for (let half = 1; half < length; half *= 2) {
    const stride = length / (2 * half);
    for (let block = 0; block < length; block += 2 * half)
      for (let i = 0; i < half; i++) {
        const [a, b] = [block + i, block + i + half];
        const [c, s] = [cos[i * stride]!, sin[i * stride]!];
        const re2 = re[b]! * c - im[b]! * s;
        const im2 = re[b]! * s + im[b]! * c;
        re[b] = re[a]! - re2;
        im[b] = im[a]! - im2;
        re[a]! += re2;
        im[a]! += im2;
      }
  }
  return { re, im };
}

function reverseBits(re: Float64Array, im: Float64Array): void {
  const length = re.length;
  for (let i = 1, j = 0; i < length; i++) {
    let bit = length >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j]!, re[i]!];
    [im[i], im[j]] = [im[j]!, im[i]!];
  }
}

function bluestein(re: Float64Array, im: Float64Array): Complex {
  const length = re.length;
  const size = 2 ** Math.ceil(Math.log2(2 * length - 1));
  const cos = new Float64Array(length);
  const sin = new Float64Array(length);
  for (let n = 0; n < length; n++) {
    // n^2 modulo 2N keeps the angle small and exact.
    const angle = (Math.PI * ((n * n) % (2 * length))) / length;
    cos[n] = Math.cos(angle);
    sin[n] = Math.sin(angle);
  }
  const a = { re: new Float64Array(size), im: new Float64Array(size) };
  const b = { re: new Float64Array(size), im: new Float64Array(size) };
  for (let n = 0; n < length; n++) {
    a.re[n] = re[n]! * cos[n]! + im[n]! * sin[n]!;
    a.im[n] = im[n]! * cos[n]! - re[n]! * sin[n]!;
    b.re[n] = cos[n]!;
    b.im[n] = sin[n]!;
    if (n > 0) {
      b.re[size - n] = cos[n]!;
      b.im[size - n] = sin[n]!;
    }
  }
  const [fa, fb] = [fourier(a), fourier(b)];
  const product = { re: new Float64Array(size), im: new Float64Array(size) };
  for (let k = 0; k < size; k++) {
    product.re[k] = fa.re[k]! * fb.re[k]! - fa.im[k]! * fb.im[k]!;
    product.im[k] = fa.re[k]! * fb.im[k]! + fa.im[k]! * fb.re[k]!;
  }
  const convolved = inverseFourier(product);
  const out = { re: new Float64Array(length), im: new Float64Array(length) };
  for (let k = 0; k < length; k++) {
    out.re[k] = convolved.re[k]! * cos[k]! + convolved.im[k]! * sin[k]!;
    out.im[k] = convolved.im[k]! * cos[k]! - convolved.re[k]! * sin[k]!;
  }
  return out;
}
