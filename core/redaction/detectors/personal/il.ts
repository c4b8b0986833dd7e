/** Israel: identity numbers. */

import { isRepeated, whenDigits } from '../../checks/compact.ts';
import { passesLuhn } from '../../checks/luhn.ts';
import type { Detector } from '../../types.ts';

/** Nine digits with Luhn's check, zeros in front included. Source: Population and Immigration Authority. */
const isIdentity = (digits: string): boolean => !isRepeated(digits) && passesLuhn(digits);

/** Detectors of numbers of Israel. */
export const ISRAELI_DETECTORS: readonly Detector[] = [
  {
    entity: 'IL_ID', // 123456782
    pattern: /(?:\d{9}|\d{8}-\d)(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenDigits(isIdentity),
    score: 0.05,
    context: ['teudat zehut', 'israeli id', 'israel id', 'zehut', 'תעודת זהות', 'ת ז', 'מספר זהות'],
  },
];
