/** Personal numbers of the Netherlands. */

import { isRepeated, whenDigits } from '../../checks/compact.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';

/** The "elfproef". Source: Rijksdienst voor Identiteitsgegevens, Logisch ontwerp BSN. */
const isBsn = (digits: string): boolean =>
  !isRepeated(digits) && weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;

/** Detectors of the Netherlands. */
export const DUTCH_DETECTORS: readonly Detector[] = [
  {
    entity: 'NL_BSN', // 111222333, 1112.22.333
    pattern: /(?:\d{9}|\d{4}\.\d{2}\.\d{3}|\d{3}[ .]\d{3}[ .]\d{3})(?![A-Za-z\d]|[./-][\d[])/y,
    score: 0.15,
    context: ['bsn', 'burgerservicenummer', 'sofinummer', 'sofi', 'citizen service'],
    measure: whenDigits(isBsn),
  },
];
