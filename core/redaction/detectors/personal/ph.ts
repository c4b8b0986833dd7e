/** The Philippines: tax and mobile numbers. */

import { isRepeated, whenDigits } from '../../checks/compact.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';

/** The ninth digit is the remainder by 11 of those before it; a branch code follows. Source: BIR, TIN structure. */
const isTaxpayer = (digits: string): boolean =>
  !isRepeated(digits.slice(0, 9)) &&
  weightedSum(digits.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2]) % 11 === Number(digits.charAt(8));

const TIN_WORDS = ['tin', 'tax id', 'taxpayer', 'bir', 'tax identification', 'tax number'];

/** Detectors of numbers of the Philippines. */
export const PHILIPPINE_DETECTORS: readonly Detector[] = [
  {
    entity: 'PH_TIN', // 000-123-456-000
    pattern: /\d{3}-\d{3}-\d{3}(?:-\d{3,5})?(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isTaxpayer),
    score: 0.3,
    context: TIN_WORDS,
  },
  {
    entity: 'PH_TIN', // 000123456000
    pattern: /(?:\d{9}|\d{12}|\d{14})(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isTaxpayer),
    score: 0.1,
    context: TIN_WORDS,
  },
  {
    entity: 'PH_MOBILE_NUMBER', // 0917 123 4567, +63 (917) 123-4567. Source: NTC numbering plan
    pattern: /(?:\+63[ -]?|0063[ -]?|0 ?)(?:\(9\d{2}\)|9\d{2})[ -]?\d{3}[ -]?\d{4}(?![A-Za-z\d]|-[\d[])/y,
    score: 0.92,
    byDefault: false,
  },
];
