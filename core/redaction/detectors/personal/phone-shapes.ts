/** How phone numbers are written, and what only looks like one. */

import { digitsOf, isRepeated } from '../../checks/compact.ts';

/** ITU-T E.164: 15 digits at most, calling code included. Fewer than six are dialled within a house. */
const MOST_DIGITS = 15;
const LEAST_DIGITS = 6;

/** What may follow a number: an extension. */
export const EXTENSION: string = String.raw`(?:[ ,;]{0,2}(?:x|#|ext(?:ension|n)?\.?|Durchwahl|poste|ramal|anexo|int\.)[ .:]{0,2}\d{1,7})?`; // x1234, ext. 12
/** No more digits follow. */
export const END: string = String.raw`(?![A-Za-z0-9_]|[.-]?\d|[.-]\[)`;
const EXTENSION_AT_END = new RegExp(`(?<=\\d)${EXTENSION}$`, 'i');

const MAY_EXTEND = /[#a-z]/i;

/** A match without its extension. */
const withoutExtension = (match: string): string =>
  MAY_EXTEND.test(match) ? match.replace(EXTENSION_AT_END, '') : match;

const numberOf = (match: string): string => digitsOf(withoutExtension(match));

const SOCIAL_SECURITY = /^\d{3}([ .-])\d\d\1\d{4}$/; // a US_SSN, if anything

/** `measure` for a whole match. */
export const whole =
  (holds: (digits: string) => boolean) =>
  (match: string): number =>
    !SOCIAL_SECURITY.test(match) && holds(numberOf(match)) ? match.length : 0;

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

/** `measure` for a match that other digits may follow: the longest beginning that ends with a group. */
export const longest =
  (holds: (digits: string) => boolean) =>
  (match: string): number => {
    let digits = numberOf(match);
    if (holds(digits)) return match.length;
    digits = digitsOf(match);
    for (let end = match.length; digits.length > LEAST_DIGITS; end--) {
      if (!isDigit(match.charCodeAt(end - 1))) continue;
      if (!isDigit(match.charCodeAt(end)) && holds(digits)) return end;
      digits = digits.slice(0, -1);
    }
    return 0;
  };

const DATE = /^(?:[0-3]?\d[ ./-][0-3]?\d[ ./-](?:19|20)?\d\d|(?:19|20)\d\d[ ./-][01]?\d[ ./-][0-3]?\d)(?:$| )/; // 31.12.2026, 2026-12-31
const IP_ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$/;
const IN_GROUPS = /^\+?(?:\(\d{1,6}\)|\d{1,15})(?:[ ./-]{1,2}(?:\(\d{1,6}\)|\d{1,15})|\(\d{1,6}\)|(?<=\))\d{1,15})*$/; // +1(212)555-0123
const SINGLE_DIGITS = /(?:^|\D)\d\D+\d\D+\d(?!\d)/; // 1 2 3

/** Length of what may be a number: no date, no address, no row of zeros or of single digits. */
export const measureAny = (match: string): number => {
  const number = withoutExtension(match);
  const digits = digitsOf(number);
  if (digits.length < LEAST_DIGITS || digits.length > MOST_DIGITS || isRepeated(digits)) return 0;
  const other = [DATE, IP_ADDRESS, SOCIAL_SECURITY, SINGLE_DIGITS].some((shape) => shape.test(number));
  return !other && IN_GROUPS.test(number) ? match.length : 0;
};
