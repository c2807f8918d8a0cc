import type { Random } from './random.js';

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

export function smoothstep(x: number): number {
  const inside = clamp(x, 0, 1);
  return inside * inside * (3 - 2 * inside);
}

/** 0, up to 1 within `up` s from `from` on, and down again within `down` s from `to` on. */
export function trapezoid(t: number, from: number, to: number, up: number, down: number): number {
  return smoothstep((t - from) / up) * (1 - smoothstep((t - to) / down));
}

/** Adds `height` times a trapezoid to a series of one value per second. */
export function addTrapezoid(
  series: Float64Array,
  height: number,
  from: number,
  to: number,
  up: number,
  down: number,
): void {
  const last = Math.min(series.length - 1, Math.ceil(to + down));
  for (let t = Math.max(0, Math.floor(from)); t <= last; t++)
    series[t]! += height * trapezoid(t, from, to, up, down);
}

/** First-order lag with a time constant of `tau` s, settled at the first value. */
export function lag(series: Float64Array, tau: number): Float64Array {
  const keep = Math.exp(-1 / tau);
  const out = new Float64Array(series.length);
  let state = series[0]!;
  for (let t = 0; t < series.length; t++) out[t] = state = keep * state + (1 - keep) * series[t]!;
  return out;
}

/** Stationary first-order autoregressive noise: correlation exp(-1/tau) from second to second, deviation `sd`. */
export function ar1(random: Random, n: number, tau: number, sd: number): Float64Array {
  const keep = Math.exp(-1 / tau);
  const step = sd * Math.sqrt(1 - keep * keep);
  const out = new Float64Array(n);
  let state = sd * random.normal();
  for (let t = 0; t < n; t++) {
    out[t] = state;
    state = keep * state + step * random.normal();
  }
  return out;
}

export function whiteNoise(random: Random, n: number, sd: number): Float64Array {
  const out = new Float64Array(n);
  for (let t = 0; t < n; t++) out[t] = sd * random.normal();
  return out;
}

/** Sum of two series, as long as the shorter one. */
export function plus(one: Float64Array, other: Float64Array): Float64Array {
  const out = new Float64Array(Math.min(one.length, other.length));
  for (let t = 0; t < out.length; t++) out[t] = one[t]! + other[t]!;
  return out;
}

/** Value of a series at a fractional second. */
export function at(series: Float64Array, t: number): number {
  const index = Math.floor(t);
  const here = series[index]!;
  return index + 1 < series.length ? here + (t - index) * (series[index + 1]! - here) : here;
}
