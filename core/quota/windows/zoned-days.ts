/**
 * The days of a time zone as numbers, and the instants at which they begin. Times are milliseconds since the epoch; day 0
 * is 1 January 1970. The rules of the zone are those that the runtime's `Intl` knows.
 */

const SECOND = 1000;
const DAY = 86_400_000;

/** No zone has been further from UTC than this since 1867; from there on it is at most 14 hours. */
const FURTHEST = 16 * 3_600_000;

/** Days in one time zone. */
export interface ZonedDays {
  /**
   * Number of the day that holds `at`. It never falls: where the clock goes back over midnight, the new day has begun and
   * stays.
   */
  dayAt(at: number): number;
  /**
   * The first instant of a day: midnight, the first of two midnights, or what the clock jumps to where there is none. A
   * day that the zone left out begins where the next one does.
   */
  startOf(day: number): number;
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
type OffsetAt = (at: number) => number;

/** @throws RangeError for a zone that the runtime does not know. */
const offsetIn = (zone: string): OffsetAt => {
  if (zone === 'UTC') return () => 0;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    // 11/27/2026, 23:05:09
    const [month = 0, day = 0, year = 0, hour, minute, second] = (clock.format(at).match(/\d+/g) ?? []).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / SECOND) * SECOND;
  };
};

/** The first second after `from` at which the offset is no longer what it was; it is another at `to`. */
const changeBetween = (offsetAt: OffsetAt, from: number, to: number): number => {
  const before = offsetAt(from);
  let [unchanged, changed] = [from, to];
  while (changed - unchanged > SECOND) {
    const middle = unchanged + Math.floor((changed - unchanged) / (2 * SECOND)) * SECOND;
    if (offsetAt(middle) === before) unchanged = middle;
    else changed = middle;
  }
  return changed;
};

/**
 * The days of an IANA time zone, or of `UTC`.
 *
 * @throws RangeError for a zone that the runtime does not know.
 */
export const createZonedDays = (zone: string): ZonedDays => {
  const offsetAt = offsetIn(zone);

  const startOf = (day: number): number => {
    const midnight = day * DAY;
    const [from, to] = [midnight - FURTHEST, midnight + FURTHEST];
    const [before, after] = [offsetAt(from), offsetAt(to)];
    // No zone has changed its clocks twice within so short a time since 1970.
    if (before === after) return midnight - before;
    const change = changeBetween(offsetAt, from, to);
    return midnight - before < change ? midnight - before : Math.max(change, midnight - after);
  };

  const dayAt = (at: number): number => {
    const day = Math.floor((at + offsetAt(at)) / DAY);
    return startOf(day + 1) <= at ? day + 1 : day;
  };

  return { dayAt, startOf };
};
