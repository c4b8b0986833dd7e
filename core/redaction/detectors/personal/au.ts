/** Australia: business, company, Medicare and tax file numbers. */

import { isRepeated, whenDigits } from '../../checks/compact.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

/** One taken from the first digit; the sum divides by 89. Source: Australian Business Register, "Format of the ABN". */
const isBusiness = (digits: string): boolean =>
  !digits.startsWith('0') &&
  !isRepeated(digits) &&
  (weightedSum(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0;

/** Source: ASIC, "Australian Company Number digit check". */
const isCompany = (digits: string): boolean =>
  !isRepeated(digits) &&
  (10 - (weightedSum(digits.slice(0, 8), [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 === Number(digits.slice(-1));

/** The ninth digit checks the eight before it; the tenth counts cards, an eleventh the people on one. Source: Services Australia. */
const isMedicare = (digits: string): boolean =>
  /^[2-6]/.test(digits) &&
  !isRepeated(digits.slice(0, 8)) &&
  weightedSum(digits.slice(0, 8), [1, 3, 7, 9]) % 10 === Number(digits.charAt(8));

/** Nine digits, of old eight. Source: ATO, tax file number algorithm. */
const isTaxFile = (digits: string): boolean =>
  !digits.startsWith('0') &&
  !isRepeated(digits) &&
  weightedSum(digits, digits.length === 8 ? [10, 7, 8, 4, 6, 3, 5, 1] : [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0;

/** Detectors of numbers of Australia. */
export const AUSTRALIAN_DETECTORS: readonly Detector[] = [
  ...provedOrAnnounced({
    entity: 'AU_ABN', // 51 824 753 556
    pattern: /\d{2}(?:[ -]\d{3}){3}(?![A-Za-z\d]|[ .-]\d|[.-]\[| \[[A-Z_]{3,60}\d)|\d{11}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isBusiness),
    score: 0.8,
    context: ['abn', 'australian business number'],
  }),
  ...provedOrAnnounced({
    entity: 'AU_ACN', // 005 499 981
    pattern: /\d{3}(?: \d{3} |-\d{3}-|\d{3})\d{3}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isCompany),
    score: 0.55,
    context: ['acn', 'australian company number'],
  }),
  ...provedOrAnnounced({
    entity: 'AU_MEDICARE', // 2123 45670 1
    pattern: /[2-6]\d{3}(?: \d{5} |-\d{5}-|\d{5})\d(?:[ /-]?\d)?(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isMedicare),
    score: 0.6,
    context: ['medicare', 'medicare card', 'medicare number'],
  }),
  ...provedOrAnnounced({
    entity: 'AU_TFN', // 876 543 210
    pattern: /\d{3}(?: \d{3} |-\d{3}-|\d{3})\d{3}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isTaxFile),
    score: 0.65,
    context: ['tfn', 'tax file number', 'tax file'],
  }),
  {
    entity: 'AU_TFN', // 12 345 677
    pattern: /\d{2}(?: \d{3} |\d{3})\d{3}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isTaxFile),
    score: 0.2,
    context: ['tfn', 'tax file number', 'tax file'],
  },
];
