/** New Zealand: tax numbers. */

import { isRepeated, whenDigits } from '../../checks/compact.ts';
import { weightedSum } from '../../checks/weighted.ts';
import type { Detector } from '../../types.ts';

const FIRST = [3, 2, 7, 6, 5, 4, 3, 2];
const SECOND = [7, 4, 3, 2, 5, 2, 7, 6];

const checkDigit = (digits: string, weights: readonly number[]): number =>
  (11 - (weightedSum(digits, weights) % 11)) % 11;

/** A second row of weights where the first comes to 10. Source: Inland Revenue, "Resident withholding tax specification". */
const isTaxNumber = (digits: string): boolean => {
  const number = digits.padStart(9, '0');
  if (Number(number) < 10_000_000 || Number(number) > 150_000_000 || isRepeated(digits)) return false;
  const base = number.slice(0, 8);
  const first = checkDigit(base, FIRST);
  return (first === 10 ? checkDigit(base, SECOND) : first) === Number(number.slice(-1));
};

/** Detectors of numbers of New Zealand. */
export const NEW_ZEALAND_DETECTORS: readonly Detector[] = [
  {
    entity: 'NZ_IRD', // 49-091-850
    pattern: /\d{2,3}(?:[ -]\d{3}[ -]|\d{3})\d{3}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isTaxNumber),
    score: 0.1,
    context: ['ird', 'inland revenue', 'ird number', 'tax number'],
  },
];
