/** A small trend on a canvas: usual band, line with gaps, and a mark under each sample that was not good. */
import { BAD, GOOD } from '../lib/dashboard.js';
import { holeLength } from './chart-gaps.js';
import { colour } from './theme.js';

export interface Spark {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
  readonly quality: readonly number[];
  /** Usual band, in the unit of the values. */
  readonly band: readonly [number, number] | null;
  /** Cast time at the left and right edge, ms. */
  readonly span: readonly [number, number];
}

export function drawSpark(canvas: HTMLCanvasElement, { times, values, quality, band, span }: Spark): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width < 10 || height < 10) return;
  const ratio = devicePixelRatio;
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext('2d')!;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);

  const [low, high] = extent(values, band);
  const [from, to] = span;
  const x = (time: number): number => (width * (time - from)) / Math.max(1, to - from);
  const y = (value: number): number => 3 + (height - 8) * (1 - (value - low) / (high - low));
  if (band !== null) {
    pen.fillStyle = colour('band');
    pen.fillRect(0, y(band[1]), width, y(band[0]) - y(band[1]));
  }
  pen.strokeStyle = colour('data');
  pen.lineWidth = 1.6;
  pen.lineJoin = 'round';
  pen.beginPath();
  let isDrawing = false;
  const hole = holeLength(times);
  times.forEach((time, index) => {
    const value = values[index];
    if (value === null || value === undefined) return void (isDrawing = false);
    if (isDrawing && time - times[index - 1]! <= hole) pen.lineTo(x(time), y(value));
    else pen.moveTo(x(time), y(value));
    isDrawing = true;
  });
  pen.stroke();
  times.forEach((time, index) => {
    const mark = quality[index] ?? GOOD;
    if (mark === GOOD) return;
    pen.fillStyle = colour('quality');
    // Bad reaches higher than uncertain: told apart without colour.
    pen.fillRect(x(time) - 1, height - (mark === BAD ? 7 : 3), 2.5, mark === BAD ? 7 : 3);
  });
}

/** The band and what was measured, with some air. */
export function extent(
  values: readonly (number | null)[],
  band: readonly [number, number] | null,
): readonly [number, number] {
  let [low, high] = band ?? [Infinity, -Infinity];
  for (const value of values) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  const air = 0.08 * (high - low) || 0.5;
  return [low - air, high + air];
}
