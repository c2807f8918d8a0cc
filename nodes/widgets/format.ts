/** How figures read on the pages. Missing is a dash, never a 0; units are always there. */

import { isMechanism, MECHANISM_LABELS } from '../lib/mechanisms.js';

const DASH = '–';

/** `0.856` -> `86 %`. 0.4 % below a limit must not read as the limit, so nothing is rounded up to 100. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined || Number.isNaN(share)) return DASH;
  const rounded = Math.round(100 * share);
  return `${rounded === 100 && share < 1 ? 99 : rounded} %`;
}

/** Digits behind the point that a sensor's usual band asks for. */
export function digitsFor([low, high]: readonly [number, number]): number {
  const span = Math.abs(high - low);
  if (span < 1) return 3;
  if (span < 20) return 2;
  return span < 200 ? 1 : 0;
}

export function quantity(value: number | null | undefined, digits: number, unit = ''): string {
  if (value === null || value === undefined || Number.isNaN(value)) return DASH;
  return unit === '' ? value.toFixed(digits) : `${value.toFixed(digits)} ${unit}`;
}

/** Three digits that matter, with no exponent for what people see every day. */
export function threeDigits(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return DASH;
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/** s -> `01:23:45` */
export function elapsed(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !(seconds >= 0)) return DASH;
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** How long ago, as short as a glance: `8 s`, `3 min`, `2 h 05 min`, `4 d`. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${two(minutes % 60)} min`;
  return `${Math.floor(hours / 24)} d`;
}

/** Cast time of day, UTC: `07:18:05`. */
export const castClock = (ms: number | null): string =>
  ms === null || !(Math.abs(ms) <= 8.64e15) ? DASH : new Date(ms).toISOString().slice(11, 19);

/** The plant's wall clock, in the zone of the browser. */
export const wallClock = (ms: number | null): string =>
  ms === null ? DASH : new Date(ms).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'medium' });

/** `long_crack` -> `longitudinal crack`; a kind that nobody knows is spelled out. */
export const mechanismName = (name: string): string =>
  isMechanism(name) ? MECHANISM_LABELS[name] : name.replaceAll('_', ' ');
