import { ConfigError, shown } from '../lib/errors.js';
import type { CsvConfig } from '../lib/config/streaming.js';
import { numberIn } from './number-cell.js';
import { zoneOffset } from '../lib/time-zone.js';

export type TimeFormat = Exclude<CsvConfig['time_format'], 'auto'>;
/** ms since the epoch, or since the start of the cast for `seconds`; NaN when the cell holds no such time. */
export type ParseTime = (cell: string) => number;

/** Numbers below are seconds of a cast (three years), numbers from the second on are ms since the epoch (1973). */
const RELATIVE_BELOW = 1e8;
const MILLISECONDS_FROM = 1e11;

/** The format that `auto` stands for, told from the first time in the file; null when it is none. */
export function timeFormatOf(cell: string, decimal: '.' | ','): TimeFormat | null {
  const number = numberIn(cell, decimal);
  if (Number.isNaN(number)) return ISO.test(cell.trim()) ? 'iso' : null;
  if (Math.abs(number) < RELATIVE_BELOW) return 'seconds';
  return Math.abs(number) < MILLISECONDS_FROM ? 'epoch_s' : 'epoch_ms';
}

/**
 * The parser of a time column. Whole milliseconds: 0.1 s steps stay 100 ms apart however they are written.
 * @throws ConfigError when there is no such time zone
 */
export function timeParser(format: TimeFormat, decimal: '.' | ',', timeZone: string): ParseTime {
  if (format === 'iso') return isoParser(timeZone);
  const unit = format === 'epoch_ms' ? 1 : 1000;
  return (cell) => Math.round(numberIn(cell, decimal) * unit);
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;

/** ISO 8601 in full or without seconds, with a blank or T before the time of day. Feb 30 is no time. */
function isoParser(timeZone: string): ParseTime {
  let localOffset;
  try {
    localOffset = zoneOffset(timeZone);
  } catch (cause) {
    throw new ConfigError(
      'CONFIG_INVALID',
      `streaming.csv.time_zone: expected a time zone such as "UTC", "Europe/Vienna" or "+01:00", got ${shown(timeZone)}.`,
      { cause },
    );
  }
  return (cell) => {
    const parts = ISO.exec(cell.trim());
    if (parts === null) return NaN;
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = parts;
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return NaN;
    const days = Date.UTC(Number(year), Number(month) - 1, Number(day));
    if (new Date(days).getUTCDate() !== Number(day) || new Date(days).getUTCMonth() + 1 !== Number(month))
      return NaN;
    const local =
      days +
      ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 +
      Math.round(Number(`0.${fraction}`) * 1000);
    return local - (zone === undefined ? localOffset(local) : zoneOffset(zone)(local));
  };
}
