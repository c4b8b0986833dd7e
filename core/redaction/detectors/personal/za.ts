/** South Africa: identity numbers. */

import { isDayOfAnyCentury } from '../../checks/calendar.ts';
import { digitsOf, whenDigits } from '../../checks/compact.ts';
import { passesLuhn } from '../../checks/luhn.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

/** Born, four digits of order and sex, citizen or resident or refugee, 8 or 9, Luhn. Source: Identification Act 68 of 1997. */
const isIdentity = (digits: string): boolean =>
  isDayOfAnyCentury(Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4, 6))) &&
  passesLuhn(digits);

const WORDS = ['south african id', 'south africa', 'south african', 'sa id', 'rsa id', 'id number', 'identity number'];

/** Detectors of numbers of South Africa. */
export const SOUTH_AFRICAN_DETECTORS: readonly Detector[] = [
  ...provedOrAnnounced({
    entity: 'ZA_ID_NUMBER', // 8001015009087
    pattern: /\d{2}(?:0[1-9]|1[0-2])\d{6}[012][89]\d(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isIdentity),
    score: 0.95,
    context: WORDS,
  }),
  {
    entity: 'ZA_ID_NUMBER', // 800101 5009 087
    pattern: /\d{2}(?:0[1-9]|1[0-2])\d{2} \d{4} [012][89]\d(?![A-Za-z\d]|[.-][\d[])/y,
    measure: (match) => (isIdentity(digitsOf(match)) ? match.length : 0),
    score: 0.7,
    context: WORDS,
  },
];
