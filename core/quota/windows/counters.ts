/** Names of counters, `<budget>@<window>`, and until when they are of use. */

import type { Budget, BudgetWindow } from '../types.ts';
import { windowAt } from './windows.ts';

/** A letter a kind of window: a counter says of itself when it ends, also to a version that does not know its budget. */
const LETTERS: Readonly<Record<BudgetWindow, string>> = {
  minute: 'i',
  hour: 'h',
  day: 'd',
  week: 'w',
  month: 'm',
  session: 's',
};

/** How a counter of `budget` is called that counts at `at`. */
export const counterName = (budget: Budget, at: number): string =>
  `${budget.name}@${LETTERS[budget.window]}${windowAt(budget, at).key}`;

const HOUR_MS = 3_600_000;

/** How far the end of a local day may lie behind the end of the same day in UTC: zones reach to UTC−12. */
const ZONES_MS = 13 * HOUR_MS;

/** Length of the longest window of each kind, in milliseconds. */
const LENGTHS: Readonly<Record<string, number>> = {
  i: 60_000,
  h: HOUR_MS,
  d: 24 * HOUR_MS,
  w: 7 * 24 * HOUR_MS,
  m: 31 * 24 * HOUR_MS,
};

const COUNTER = /@([ihdwms])(\d{0,20})$/; // day-tokens@d20261127

/**
 * When a counter's window has ended for sure, whatever its zone, and a window more: clocks may differ, and a write that
 * is late must find what it counts on. `undefined` for what is no counter; sessions never end.
 */
export const counterEndsAt = (attribute: string): number | undefined => {
  const [, letter, key = ''] = COUNTER.exec(attribute) ?? [];
  if (letter === undefined) return undefined;
  const length = LENGTHS[letter];
  if (length === undefined) return Number.POSITIVE_INFINITY;
  if (letter === 'i' || letter === 'h') return (Number(key) + 2) * length;
  const [year, month, day] = [key.slice(0, 4), key.slice(4, 6), key.slice(6, 8) || '01'].map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day) + ZONES_MS + 2 * length;
};
