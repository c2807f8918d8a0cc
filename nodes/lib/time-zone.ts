/** ms that the zone is ahead of UTC at this local time (given as if it were UTC). */
export type ZoneOffset = (localMs: number) => number;

const OFFSET = /^([+-])(\d{2}):?(\d{2})$/;
const HOUR_MS = 3_600_000;

/**
 * The offset of a zone named `UTC`, `Europe/Vienna` or `+01:00`. A time that a clock change skips or repeats is taken
 * with the offset in force before the change. Offsets are looked up once an hour of local time: files are long.
 * @throws RangeError when there is no such zone
 */
export function zoneOffset(name: string): ZoneOffset {
  if (name === 'UTC' || name === 'Z') return () => 0;
  const fixed = OFFSET.exec(name);
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3]);
    const offset = (fixed[1] === '-' ? -minutes : minutes) * 60_000;
    return () => offset;
  }
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsetAt = (utcMs: number): number => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(utcMs)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(utcMs / 1000) * 1000;
  };
  let hourKnown = NaN;
  let offsetKnown = 0;
  return (localMs) => {
    const hour = Math.floor(localMs / HOUR_MS);
    if (hour !== hourKnown) {
      // An hour before the guess lies before a change that happens within it.
      const before = offsetAt(localMs - offsetAt(localMs) - HOUR_MS);
      const after = offsetAt(localMs - before);
      offsetKnown = offsetAt(localMs - after) === after ? after : before;
      hourKnown = hour;
    }
    return offsetKnown;
  };
}

export function isTimeZone(name: string): boolean {
  try {
    zoneOffset(name);
    return true;
  } catch {
    return false;
  }
}
