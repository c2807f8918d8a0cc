/** Quantiles of the normal, chi-square and F distributions, to about 1e-12 relative. */

/** Natural logarithm of the gamma function, x > 0. Source: Lanczos, with Godfrey's coefficients (g = 607/128). */
export function logGamma(x: number): number {
  let sum = LANCZOS[0]!;
  for (let i = LANCZOS.length - 1; i > 0; i--) sum += LANCZOS[i]! / (x + i);
  const shifted = x + 607 / 128 + 0.5;
  return (x + 0.5) * Math.log(shifted) - shifted + Math.log((Math.sqrt(2 * Math.PI) * sum) / x);
}

/** Quantile of the standard normal distribution. */
export function normalQuantile(share: number): number {
  if (share < 0.5) return -normalQuantile(1 - share);
  // The square of a normal value is chi-square with one degree of freedom.
  return share === 0.5 ? 0 : Math.sqrt(chiSquareQuantile(2 * share - 1, 1));
}

/** Quantile of the chi-square distribution; the degrees of freedom need not be whole. */
export function chiSquareQuantile(share: number, degrees: number): number {
  let high = Math.max(1, degrees);
  while (lowerGamma(degrees / 2, high / 2) < share) high *= 2;
  return solve(share, 0, high, (x) => lowerGamma(degrees / 2, x / 2));
}

/** Quantile of the F distribution. */
export function fQuantile(share: number, above: number, below: number): number {
  const x = solve(share, 0, 1, (b) => incompleteBeta(b, above / 2, below / 2));
  return (below * x) / (above * (1 - x));
}

/** Halves the interval until float64 can't be halved any more: sure, and called a few times per model only. */
function solve(share: number, from: number, to: number, cumulative: (x: number) => number): number {
  let [low, high] = [from, to];
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (cumulative(middle) < share) low = middle;
    else high = middle;
  }
}

/** Regularised lower incomplete gamma function. Source: series and continued fraction, Abramowitz and Stegun 6.5.29, 6.5.31. */
function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let [sum, term] = [1 / a, 1 / a];
    for (let n = 1; term > sum * 1e-17; n++) sum += term *= x / (a + n);
    return front * sum;
  }
  const fraction = continuedFraction(
    (n) => -n * (n - a),
    (n) => x + 2 * n + 1 - a,
  );
  return 1 - front / fraction;
}

/** Regularised incomplete beta function. Source: continued fraction, Numerical Recipes 6.4 (Didonato and Morris). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  const numerator = (n: number): number => {
    const m = Math.floor(n / 2);
    return n % 2 === 0
      ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
      : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
  };
  return front / (a * continuedFraction(numerator, () => 1));
}

/** b0 + a1 / (b1 + a2 / (b2 + ...)), by the modified method of Lentz. */
function continuedFraction(a: (n: number) => number, b: (n: number) => number): number {
  const tiny = 1e-300;
  let fraction = b(0) || tiny;
  let c = fraction;
  let d = 0;
  for (let n = 1; n < 10_000; n++) {
    d = 1 / (b(n) + a(n) * d || tiny);
    c = b(n) + a(n) / c || tiny;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return fraction;
}

const LANCZOS = [
  0.99999999999999709182, 57.156235665862923517, -59.597960355475491248, 14.136097974741747174,
  -0.49191381609762019978, 0.33994649984811888699e-4, 0.46523628927048575665e-4, -0.98374475304879564677e-4,
  0.15808870322491248884e-3, -0.21026444172410488319e-3, 0.2174396181152126432e-3, -0.16431810653676389022e-3,
  0.84418223983852743293e-4, -0.2619083840158140867e-4, 0.36899182659531622704e-5,
];
