/** Personal numbers of Portugal. */

import { digitsOf } from '../../checks/compact.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';

/** Modulo 11, remainders below 2 as 0. Source: Decreto-Lei 14/2013, annex. */
const isNif = (digits: string): boolean => {
  const remainder = weightedSum(digits.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return (remainder < 2 ? 0 : 11 - remainder) === Number(digits.slice(8));
};

/** Detectors of Portugal. */
export const PORTUGUESE_DETECTORS: readonly Detector[] = [
  {
    entity: 'PT_NIF', // 123 456 789, PT123456789
    pattern: /(?:PT ?)?(?:[1-3568]\d|4[05]|7[0124579]|9[0189])\d ?\d{3} ?\d{3}(?![A-Za-z\d]|[./-][\d[])/y,
    score: 0.15,
    context: ['nif', 'contribuinte', 'número fiscal', 'identificação fiscal', 'nipc'],
    measure: (match) => (isNif(digitsOf(match)) ? match.length : 0),
  },
];
