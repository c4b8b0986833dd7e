/** Personal numbers of Norway. */

import { isDayOfAnyCentury } from '../../checks/calendar.ts';
import { digitsOf } from '../../checks/compact.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

/** Two check digits modulo 11; 40 is added to the day of D numbers, to the month of H numbers. Source: Skatteetaten. */
const isBirthNumber = (digits: string): boolean => {
  const day = Number(digits.slice(0, 2)) % 40;
  const month = Number(digits.slice(2, 4)) % 40;
  return (
    isDayOfAnyCentury(Number(digits.slice(4, 6)), month, day) &&
    weightedSum(digits.slice(0, 10), [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
    weightedSum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
  );
};

const WORDS = ['fødselsnummer', 'fodselsnummer', 'personnummer', 'fnr', 'd nummer', 'norwegian'];
const measure = (match: string): number => (isBirthNumber(digitsOf(match)) ? match.length : 0);

/** Detectors of Norway. */
export const NORWEGIAN_DETECTORS: readonly Detector[] = [
  {
    entity: 'NO_FODSELSNUMMER', // 010180 12345
    pattern: /[0-7]\d[0-5]\d{3}[ -]\d{5}(?![A-Za-z\d]|[./-][\d[])/y,
    score: 0.88,
    context: WORDS,
    measure,
  },
  ...provedOrAnnounced({
    entity: 'NO_FODSELSNUMMER', // 01018012345: one of four hundred numbers of eleven digits is one
    pattern: /[0-7]\d[0-5]\d{8}(?![A-Za-z\d]|[./-][\d[])/y,
    score: 0.88,
    context: WORDS,
    measure,
  }),
];
