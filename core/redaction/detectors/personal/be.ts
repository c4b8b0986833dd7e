/** Personal numbers of Belgium. */

import { isDayOfAnyCentury } from '../../checks/calendar.ts';
import { digitsOf } from '../../checks/compact.ts';
import { mod97 } from '../../checks/mod-97.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

/**
 * Date of birth, serial, 97 less the remainder; of those born from 2000 on with a 2 in front. Months of provisional numbers
 * have 20 or 40 added, unknown days are 0. Source: IBZ, "Rijksregisternummer".
 */
const isNationalNumber = (digits: string): boolean => {
  const month = Number(digits.slice(2, 4)) % 20;
  const day = Number(digits.slice(4, 6));
  const born = (month === 0 && day === 0) || isDayOfAnyCentury(Number(digits.slice(0, 2)), month, Math.max(1, day));
  const check = 97 - Number(digits.slice(9));
  return born && [mod97(digits.slice(0, 9)), mod97(`2${digits.slice(0, 9)}`)].includes(check % 97);
};

const measure = (match: string): number => (isNationalNumber(digitsOf(match)) ? match.length : 0);
const CONTEXT = ['rijksregister', 'insz', 'niss', 'registre national', 'national number', 'nationaal nummer'];

/** Detectors of Belgium. */
export const BELGIAN_DETECTORS: readonly Detector[] = [
  {
    entity: 'BE_NATIONAL_NUMBER', // 85.07.30-033.28
    pattern: /\d{2}\.[0-5]\d\.[0-3]\d-\d{3}[. ]?\d{2}(?![A-Za-z\d]|[./-][\d[])/y,
    score: 0.9,
    context: CONTEXT,
    measure,
  },
  ...provedOrAnnounced({
    entity: 'BE_NATIONAL_NUMBER', // 85073003328
    pattern: /\d{2} ?[0-5]\d ?[0-3]\d[ -]?\d{3}[. ]?\d{2}(?![A-Za-z\d]|[./-][\d[])/y,
    score: 0.85,
    context: CONTEXT,
    measure,
  }),
];
