import { channels, decimalsByChannel } from './channels.js';
import type { Cast } from './run.js';

export const csvHeader = ['t', 'S_m', ...channels, 'y_any', 'y_mech', 'ignore', 'sensor_fault'].join(',');

const COMMA = 44;
const NEWLINE = 10;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const powers = [1, 10, 100, 1000, 10_000] as const;
/** Widest row: 27 fields of at most 8 characters and a comma. */
const ROW_BYTES = 27 * 9;

/**
 * The cast as CSV, ASCII. A silent sensor leaves its cell empty. Rounded decimals hide the last bits in which
 * machines may differ, so the same plan gives the same bytes anywhere.
 */
export function castCsv({ duration, strand, readings, labels }: Cast): Uint8Array {
  const bytes = new Uint8Array(csvHeader.length + 1 + duration * ROW_BYTES);
  let at = new TextEncoder().encodeInto(csvHeader, bytes).written;
  const series = channels.map((channel) => readings[channel]);
  const decimals = channels.map((channel) => decimalsByChannel[channel]);
  for (let t = 0; t < duration; t++) {
    bytes[at++] = NEWLINE;
    at = writeNumber(bytes, at, t, 0);
    bytes[at++] = COMMA;
    at = writeNumber(bytes, at, strand.position[t]!, 3);
    for (let i = 0; i < series.length; i++) {
      bytes[at++] = COMMA;
      at = writeNumber(bytes, at, series[i]![t]!, decimals[i]!);
    }
    const mechanism = labels.mechanism[t]!;
    for (const label of [mechanism > 0 ? 1 : 0, mechanism, labels.ignore[t]!, labels.sensorFault[t]!]) {
      bytes[at++] = COMMA;
      bytes[at++] = ZERO + label;
    }
  }
  bytes[at++] = NEWLINE;
  return bytes.subarray(0, at);
}

/** Writes digits straight into the buffer, several times faster than `toFixed`; nothing for NaN. */
function writeNumber(bytes: Uint8Array, start: number, value: number, decimals: number): number {
  if (Number.isNaN(value)) return start;
  let at = start;
  // 32-bit whole numbers, which all channels fit, divide several times faster than floating-point ones.
  let rest = Math.round(Math.abs(value) * powers[decimals]!) | 0;
  if (value < 0 && rest > 0) bytes[at++] = MINUS;
  let whole = 1;
  for (let power = powers[decimals + 1]!; power <= rest; power *= 10) whole++;
  const end = at + whole + (decimals > 0 ? decimals + 1 : 0);
  const point = decimals > 0 ? at + whole : -1;
  for (let place = end - 1; place >= at; place--) {
    if (place === point) {
      bytes[place] = POINT;
      continue;
    }
    bytes[place] = ZERO + (rest % 10);
    rest = (rest / 10) | 0;
  }
  return end;
}
