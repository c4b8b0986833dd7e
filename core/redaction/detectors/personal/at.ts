/** Personal numbers of Austria. */

import { digitsOf } from '../../checks/compact.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

/** The fourth digit checks the others, modulo 11; months 13 to 15 serve where a day has no number left. Source: Dachverband. */
const isInsuranceNumber = (digits: string): boolean => {
  const day = Number(digits.slice(4, 6));
  const month = Number(digits.slice(6, 8));
  const born = day >= 1 && day <= 31 && month >= 1 && month <= 15;
  return born && weightedSum(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === Number(digits.charAt(3));
};

/** Detectors of Austria. */
export const AUSTRIAN_DETECTORS: readonly Detector[] = [
  ...provedOrAnnounced({
    entity: 'AT_SVNR', // 1237 010180
    pattern: /[1-9]\d{3}[ -]?\d{6}(?![A-Za-z\d]|[./-][\d[])/y,
    score: 0.6,
    context: ['svnr', 'sozialversicherung', 'sv nummer', 'versicherungsnummer', 'vsnr', 'ecard', 'e card'],
    measure: (match) => (isInsuranceNumber(digitsOf(match)) ? match.length : 0),
  }),
];
