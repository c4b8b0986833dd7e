/** Personal numbers of Switzerland. */

import { whenDigits } from '../../checks/compact.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';

/** The check digit of EAN-13. Source: Zentrale Ausgleichsstelle, AHV number. */
const isAhv = (digits: string): boolean => weightedSum(digits, [1, 3]) % 10 === 0;

/** Detectors of Switzerland. */
export const SWISS_DETECTORS: readonly Detector[] = [
  {
    entity: 'CH_AHV', // 756.9217.0769.85
    pattern: /756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}(?![A-Za-z\d]|[./-][\d[])/y,
    score: 0.9,
    context: ['ahv', 'avs', 'sozialversicherung', 'assurance sociale', 'navs'],
    measure: whenDigits(isAhv),
  },
];
