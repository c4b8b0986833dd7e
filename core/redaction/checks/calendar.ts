/** Dates within numbers of people. */

const DAYS_OF_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Whether a day exists in the Gregorian calendar. `year` in full: with two of its digits alone, see {@link isDayOfAnyCentury}. */
export const isDay = (year: number, month: number, day: number): boolean =>
  day >= 1 && day <= (DAYS_OF_MONTHS[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0);

/** Whether a day exists in 19xx or 20xx, where a number says only the last two digits of the year. */
export const isDayOfAnyCentury = (year: number, month: number, day: number): boolean =>
  isDay(1900 + year, month, day) || isDay(2000 + year, month, day);
