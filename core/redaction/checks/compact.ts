/** From what stands in a text to what a check reads. */

const SEPARATED = /\D/;
const NOT_DIGITS = /\D/g;
const SEPARATORS = /[^\da-z]/gi;

/** The digits of `text`. */
export const digitsOf = (text: string): string => (SEPARATED.test(text) ? text.replaceAll(NOT_DIGITS, '') : text);

/** The letters and digits of `text`, in upper case. */
export const compactOf = (text: string): string => text.replaceAll(SEPARATORS, '').toUpperCase();

/** A detector's `measure`: all of the match where `check` holds for its digits, else nothing. */
export const whenDigits =
  (check: (digits: string) => boolean) =>
  (match: string): number =>
    check(digitsOf(match)) ? match.length : 0;

/** A detector's `measure`: all of the match where `check` holds for its letters and digits in upper case, else nothing. */
export const whenCompact =
  (check: (text: string) => boolean) =>
  (match: string): number =>
    check(compactOf(match)) ? match.length : 0;

const REPEATED = /^(.)\1*$/;

/** Whether all of `text` is one character again and again: a placeholder, though its check digit may hold. */
export const isRepeated = (text: string): boolean => REPEATED.test(text);
