/** Payment cards (ISO/IEC 7812). */

import { isRepeated } from './compact.ts';
import { passesLuhn } from './luhn.ts';

/**
 * Issuer ranges with the lengths that they use: a run of digits is no card by Luhn alone. Visa's old numbers of 13 digits
 * are left to context: articles have numbers (EAN) of 13 digits. Sources: the schemes' own documentation.
 */
const ISSUERS: readonly RegExp[] = [
  /^4(?:\d{15}|\d{18})$/, // Visa 4111111111111111
  /^(?:5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12})$/, // Mastercard 5555555555554444
  /^3[47]\d{13}$/, // American Express 378282246310005
  /^(?:6011|65\d\d|64[4-9]\d)\d{12}$/, // Discover, RuPay, Troy 6011111111111117
  /^35(?:2[89]|[3-8]\d)\d{12}$/, // JCB 3530111333300000
  /^3(?:0[0-59]|[689]\d)\d{11}$/, // Diners 30569309025904
  /^62(?:\d{14}|\d{17})$/, // UnionPay 6200000000000005
  /^(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{12}$/, // Maestro 6759649826438453
  /^(?:5019|4571)\d{12}$/, // Dankort 5019717010103742
  /^220[0-4]\d{12}$/, // Mir 2200123456789019
];

/** Whether digits are a payment card's: a known issuer and Luhn's check digit. */
export const isCard = (digits: string): boolean => passesLuhn(digits) && ISSUERS.some((issuer) => issuer.test(digits));

const LEAST_DIGITS = 12;
const MOST_DIGITS = 19;
const AIRLINE_DIGITS = 15;

/** Whether digits can be some card's: that alone proves little. Thirteen digits from 1 are a time in milliseconds. */
const canBeCard = (digits: string): boolean =>
  digits.length <= MOST_DIGITS &&
  (digits.startsWith('1') ? digits.length === AIRLINE_DIGITS : !/^[07]/.test(digits)) &&
  passesLuhn(digits) &&
  !isRepeated(digits);

/** 4111 1111 1111 1111, 3782 822463 10005; not 425258 1738237938258, not 47.38589031621814. */
const GROUPED =
  /^(?:\d+|\d{4}([ \xa0-])\d{3,6}\1\d{3,5}(?:\1\d{1,4}){0,2}|\d{4}\.(?:\d{4}\.\d{4}\.\d{4}|\d{6}\.\d{4,5}))$/;

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

/** Measures up to the first end of a run of digits at which the digits so far, and how they are written, hold. */
const measureWhere =
  (holds: (digits: string, number: string) => boolean) =>
  (match: string): number => {
    let digits = '';
    for (let at = 0, run = 0; at < match.length; at++) {
      if (!isDigit(match.charCodeAt(at))) run = at + 1;
      else if (!isDigit(match.charCodeAt(at + 1))) {
        digits += match.slice(run, at + 1);
        if (digits.length >= LEAST_DIGITS && holds(digits, match.slice(0, at + 1))) return at + 1;
      }
    }
    return 0;
  };

/** Length of a card number at the start of `match`, separators included: other digits may follow it. */
export const measureCard: (match: string) => number = measureWhere(
  (digits, number) => isCard(digits) && GROUPED.test(number),
);

/** The same for a number of any issuer, in any grouping. */
export const measureAnyCard: (match: string) => number = measureWhere(canBeCard);
