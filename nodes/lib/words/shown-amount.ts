/** Three digits, but no whole number is rounded away: what a person can compare at a glance. `-0` is 0. */
export function shownNumber(value: number): string {
  const size = Math.abs(value);
  const rounded = size >= 100 ? Math.round(value) : Number(value.toPrecision(size < 10 ? 2 : 3));
  return String(rounded === 0 ? 0 : rounded);
}

export const shownAmount = (value: number, unit: string): string =>
  `${shownNumber(value)}${unit === '' || unit === '1' ? '' : ` ${unit}`}`;

/** `45 s`, `5 min`; from two minutes on in minutes. */
export function shownTime(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Number((seconds / 60).toFixed(1))} min`;
}
