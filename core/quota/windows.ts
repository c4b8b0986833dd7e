/** Budget windows, in UTC. Times are milliseconds since the epoch. */

import type { BudgetWindow } from './types.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Monday, 29 December 1969: weeks start on Monday (ISO 8601). */
const FIRST_MONDAY = -3 * DAY;

/** A session budget has no end; this stands for one, and is still a date that JavaScript can write. */
const NEVER = Date.UTC(9999, 11, 31);

/** A window that holds a moment. */
export interface WindowAt {
  /** Number of the window: equal for two moments just when they lie in one window. */
  readonly key: string;
  readonly startsAt: number;
  readonly endsAt: number;
}

const fixed = (length: number, origin: number, at: number): WindowAt => {
  const number = Math.floor((at - origin) / length);
  return { key: String(number), startsAt: origin + number * length, endsAt: origin + (number + 1) * length };
};

const month = (at: number): WindowAt => {
  const date = new Date(at);
  const [year, index] = [date.getUTCFullYear(), date.getUTCMonth()];
  return {
    key: `${year}${String(index + 1).padStart(2, '0')}`,
    startsAt: Date.UTC(year, index),
    endsAt: Date.UTC(year, index + 1),
  };
};

/** The window of a kind that holds `at`. */
export const windowAt = (window: BudgetWindow, at: number): WindowAt => {
  switch (window) {
    case 'minute':
      return fixed(MINUTE, 0, at);
    case 'hour':
      return fixed(HOUR, 0, at);
    case 'day':
      return fixed(DAY, 0, at);
    case 'week':
      return fixed(WEEK, FIRST_MONDAY, at);
    case 'month':
      return month(at);
    case 'session':
      return { key: '', startsAt: 0, endsAt: NEVER };
  }
};

/** Length of the window that holds `at`, in seconds; 0 for a session, which has none. */
export const windowSeconds = (window: BudgetWindow, at: number): number => {
  if (window === 'session') return 0;
  const { startsAt, endsAt } = windowAt(window, at);
  return (endsAt - startsAt) / 1000;
};
