import type { SeriesHistory } from './series-history.js';

/**
 * Sums over samples of one series, side by side in a `Float64Array` that the caller owns, from a place on. They are of
 * differences from one of the samples, the anchor: such a difference is exact for close values, and a stuck sensor sums zeros.
 * Missing samples (NaN) are left out and keep their place in time. Without samples all of it is 0, and the extremes infinite.
 */
export const COUNT = 0;
export const ANCHOR = 1;
export const FIRST = 2;
export const SECOND = 3;
/** Time is in samples, from an origin that the caller knows. */
export const TIME = 4;
export const TIME_SQUARED = 5;
export const TIME_PRODUCT = 6;
export const LEAST = 7;
export const GREATEST = 8;
export const THIRD = 9;
export const FOURTH = 10;

/** How many of the sums are kept: those of a wider need come behind those of a narrower one. */
export type SumsKept = typeof SPREAD | typeof TREND | typeof EXTREMES | typeof SHAPE;
export const SPREAD = 4;
export const TREND = 7;
export const EXTREMES = 9;
export const SHAPE = 11;

export function clearSums(sums: Float64Array, place: number, kept: SumsKept): void {
  for (let i = 0; i < kept; i++) sums[place + i] = 0;
  if (kept < EXTREMES) return;
  sums[place + LEAST] = Infinity;
  sums[place + GREATEST] = -Infinity;
}

/**
 * Adds the samples from position `from` up to, not including, `to`. Where nothing was added before, the first becomes the anchor.
 */
export function addSamples(
  sums: Float64Array,
  place: number,
  kept: SumsKept,
  history: SeriesHistory,
  from: number,
  to: number,
  origin: number,
): void {
  const { values } = history;
  if (sums[place + COUNT] === 0) {
    while (from < to && Number.isNaN(history.at(from))) from++;
    if (from === to) return;
    sums[place + ANCHOR] = history.at(from);
  }
  const anchor = sums[place + ANCHOR]!;
  // Added to what is there one by one, so that it is the same sum whether samples come together or one after the other.
  const hasTrend = kept >= TREND;
  let count = sums[place + COUNT]!;
  let first = sums[place + FIRST]!;
  let second = sums[place + SECOND]!;
  let time = hasTrend ? sums[place + TIME]! : 0;
  let timeSquared = hasTrend ? sums[place + TIME_SQUARED]! : 0;
  let timeProduct = hasTrend ? sums[place + TIME_PRODUCT]! : 0;
  let ring = from % values.length;
  for (let t = from - origin; t < to - origin; t++) {
    const difference = values[ring]! - anchor;
    if (++ring === values.length) ring = 0;
    if (difference !== difference) continue;
    count++;
    first += difference;
    second += difference * difference;
    time += t;
    timeSquared += t * t;
    timeProduct += t * difference;
  }
  sums[place + COUNT] = count;
  sums[place + FIRST] = first;
  sums[place + SECOND] = second;
  if (!hasTrend) return;
  sums[place + TIME] = time;
  sums[place + TIME_SQUARED] = timeSquared;
  sums[place + TIME_PRODUCT] = timeProduct;
  if (kept < EXTREMES) return;
  addExtremes(sums, place, history, from, to);
  if (kept < SHAPE) return;
  addShape(sums, place, history, from, to);
}

function addExtremes(
  sums: Float64Array,
  place: number,
  { values }: SeriesHistory,
  from: number,
  to: number,
): void {
  let least = sums[place + LEAST]!;
  let greatest = sums[place + GREATEST]!;
  let ring = from % values.length;
  for (let at = from; at < to; at++) {
    const value = values[ring]!;
    if (++ring === values.length) ring = 0;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  sums[place + LEAST] = least;
  sums[place + GREATEST] = greatest;
}

function addShape(
  sums: Float64Array,
  place: number,
  { values }: SeriesHistory,
  from: number,
  to: number,
): void {
  const anchor = sums[place + ANCHOR]!;
  let third = sums[place + THIRD]!;
  let fourth = sums[place + FOURTH]!;
  let ring = from % values.length;
  for (let at = from; at < to; at++) {
    const difference = values[ring]! - anchor;
    if (++ring === values.length) ring = 0;
    if (difference !== difference) continue;
    const square = difference * difference;
    third += square * difference;
    fourth += square * square;
  }
  sums[place + THIRD] = third;
  sums[place + FOURTH] = fourth;
}

/**
 * Adds sums made elsewhere, moved to the anchor of `sums` and to its origin of time.
 * @param later samples from the origin of `sums` to that of `other`
 */
export function addSums(
  sums: Float64Array,
  place: number,
  kept: SumsKept,
  other: Float64Array,
  at: number,
  later: number,
): void {
  const n = other[at + COUNT]!;
  if (n === 0) return;
  if (sums[place + COUNT] === 0) sums[place + ANCHOR] = other[at + ANCHOR]!;
  const moved = other[at + ANCHOR]! - sums[place + ANCHOR]!;
  const first = other[at + FIRST]!;
  const second = other[at + SECOND]!;
  sums[place + COUNT]! += n;
  sums[place + FIRST]! += first + n * moved;
  sums[place + SECOND]! += second + moved * (2 * first + n * moved);
  if (kept < TREND) return;
  const time = other[at + TIME]!;
  sums[place + TIME]! += time + n * later;
  sums[place + TIME_SQUARED]! += other[at + TIME_SQUARED]! + later * (2 * time + n * later);
  sums[place + TIME_PRODUCT]! += other[at + TIME_PRODUCT]! + later * first + moved * time + n * later * moved;
  if (kept < EXTREMES) return;
  if (other[at + LEAST]! < sums[place + LEAST]!) sums[place + LEAST] = other[at + LEAST]!;
  if (other[at + GREATEST]! > sums[place + GREATEST]!) sums[place + GREATEST] = other[at + GREATEST]!;
  if (kept < SHAPE) return;
  const third = other[at + THIRD]!;
  sums[place + THIRD]! += third + moved * (3 * second + moved * (3 * first + n * moved));
  sums[place + FOURTH]! +=
    other[at + FOURTH]! + moved * (4 * third + moved * (6 * second + moved * (4 * first + n * moved)));
}
